//! The repository's Rust files, parsed: what is production code, and what belongs to tests.

use std::{
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

use syn::{Attribute, File, Item, Meta, spanned::Spanned, visit::Visit};

/// A Rust file of the repository.
pub(crate) struct Source {
    /// From the root of the repository, with `/`.
    pub(crate) path: String,
    /// As written.
    pub(crate) text: String,
    /// As parsed.
    pub(crate) file: File,
    /// The lines of items under `#[cfg(test)]`, counted from 1.
    test_lines: Vec<RangeInclusive<usize>>,
}

impl Source {
    /// Parses a text as the file at `path`.
    pub(crate) fn parse(path: &str, text: &str) -> Self {
        let file = syn::parse_file(text)
            .unwrap_or_else(|error| panic!("{path} is not Rust that syn knows: {error}"));
        let mut finder = TestLines::default();
        finder.visit_file(&file);
        Self {
            path: path.into(),
            text: text.into(),
            file,
            test_lines: finder.0,
        }
    }

    /// Whether the whole file is there for tests.
    pub(crate) fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/examples/")
    }

    /// The lines that are not under `#[cfg(test)]`, with their numbers.
    pub(crate) fn production_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(at, _)| !self.test_lines.iter().any(|lines| lines.contains(at)))
    }

    /// Those of them that are not comments.
    pub(crate) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.production_lines()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

#[derive(Default)]
struct TestLines(Vec<RangeInclusive<usize>>);

impl TestLines {
    fn note(&mut self, attrs: &[Attribute], item: &impl Spanned) -> bool {
        let is_test = is_for_tests(attrs);
        if is_test {
            let first = attrs.first().map_or(item.span(), Spanned::span).start();
            self.0.push(first.line..=item.span().end().line);
        }
        is_test
    }
}

impl<'ast> Visit<'ast> for TestLines {
    fn visit_item(&mut self, item: &'ast Item) {
        if !self.note(attrs_of(item), item) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.note(&item.attrs, item);
    }
}

/// Whether an item is compiled for tests only.
pub(crate) fn is_for_tests(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        _ => false,
    })
}

/// The attributes of an item.
pub(crate) fn attrs_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("shared lies in the root")
        .to_owned()
}

/// The files below a folder of the repository whose names end so, by path.
/// What is built, installed or found by the fuzzer is left out.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    assert!(
        !found.is_empty(),
        "{folder} has no files that end in {ending}: the rule would be empty"
    );
    found.sort();
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<String>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let is_ours = !name.starts_with('.')
            && !matches!(
                name.as_str(),
                "target" | "node_modules" | "dist" | "out" | "corpus" | "plaza-data"
            );
        if path.is_dir() && is_ours {
            walk(&path, ending, found);
        } else if name.ends_with(ending) {
            let inside = path.strip_prefix(root()).expect("below the root");
            found.push(inside.display().to_string());
        }
    }
}

/// The text of a file of the repository.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The Rust files below a folder.
pub(crate) fn rust(folder: &str) -> Vec<Source> {
    files(folder, ".rs")
        .iter()
        .map(|path| Source::parse(path, &read(path)))
        .collect()
}

#[test]
fn only_the_item_under_the_attribute_is_left_out() {
    let source = Source::parse(
        "a.rs",
        "use a::B;\n#[cfg(test)]\nmod tests;\n\nfn one() {\n    two();\n}\n\n#[cfg(test)]\n\
         mod more {\n    fn three() {}\n}\n\nfn four() {}\n",
    );
    let kept: Vec<usize> = source
        .production_lines()
        .filter(|(_, line)| !line.is_empty())
        .map(|(at, _)| at)
        .collect();
    assert_eq!(kept, [1, 5, 6, 7, 14]);
}
