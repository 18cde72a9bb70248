//! How long a file and a function may be, and what a file says at its top.

use syn::{Block, ImplItemFn, ItemFn, Signature, TraitItemFn, visit::Visit};

use crate::source::{Source, files, read, rust};

/// No file is longer, its tests left out.
const LINES_MAX: usize = 450;

/// No function of production code has more lines between its braces.
const BODY_LINES_MAX: usize = 100;

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut broken = String::new();
    for source in ["shared/src", "app", "server/src"]
        .into_iter()
        .flat_map(rust)
    {
        if source.is_test() {
            continue;
        }
        let lines = source.production_lines().count();
        if lines > LINES_MAX {
            broken += &format!("\n{} has {lines} lines of {LINES_MAX} at most", source.path);
        }
        if !source.text.starts_with("//!") {
            broken += &format!("\n{} does not say what it is for", source.path);
        }
    }
    for path in [
        files("e2e", ".mjs"),
        files("app", ".mjs"),
        files("style", ".css"),
    ]
    .concat()
    {
        let lines = read(&path).lines().count();
        if lines > LINES_MAX {
            broken += &format!("\n{path} has {lines} lines of {LINES_MAX} at most");
        }
    }
    assert!(broken.is_empty(), "{broken}");
}

/// The functions of a file: the line, the name, and the lines between the braces.
#[derive(Default)]
struct Bodies(Vec<(usize, String, usize)>);

impl Bodies {
    fn of(source: &Source) -> Self {
        let mut bodies = Self::default();
        bodies.visit_file(&source.file);
        bodies
    }

    fn note(&mut self, signature: &Signature, body: &Block) {
        let braces = &body.brace_token.span;
        let lines = braces.close().start().line - braces.open().start().line;
        self.0.push((
            signature.ident.span().start().line,
            signature.ident.to_string(),
            lines.saturating_sub(1),
        ));
    }
}

impl<'ast> Visit<'ast> for Bodies {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.note(&item.sig, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.note(&item.sig, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(body) = &item.default {
            self.note(&item.sig, body);
        }
        syn::visit::visit_trait_item_fn(self, item);
    }
}

#[test]
fn functions_are_short() {
    let mut broken = String::new();
    for source in ["shared/src", "app", "server/src"]
        .into_iter()
        .flat_map(rust)
        .filter(|source| !source.is_test())
    {
        let production: Vec<usize> = source.production_lines().map(|(at, _)| at).collect();
        for (line, name, lines) in Bodies::of(&source).0 {
            if lines > BODY_LINES_MAX && production.binary_search(&line).is_ok() {
                let path = &source.path;
                broken +=
                    &format!("\n{path}:{line} `{name}` has {lines} lines of {BODY_LINES_MAX}");
            }
        }
    }
    assert!(broken.is_empty(), "{broken}");
}

#[test]
fn lines_of_a_function_are_those_between_its_braces() {
    let source = Source::parse(
        "a.rs",
        "impl A {\n    fn one(\n        a: B,\n    ) {\n        two();\n        three();\n    }\n}\n\
         trait C {\n    fn four() {}\n    fn five();\n}\n",
    );
    let found = Bodies::of(&source).0;
    assert_eq!(found, [(2, "one".into(), 2), (10, "four".into(), 0)]);
}

#[test]
fn templates_name_their_licence_and_their_source() {
    for path in files("shared/templates", ".json") {
        let text = read(&path);
        assert!(text.contains("\"license\": \"CC BY-SA 4.0\""), "{path}");
        assert!(text.contains("\"attribution\""), "{path}");
    }
}
