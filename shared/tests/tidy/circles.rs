//! No files import each other in a circle.
//!
//! An arrow goes from one file to another if its code names something that the other
//! defines: in a `use`, or by a path with its module in front. What a module only passes
//! on (`pub use`) counts as the file that defines it. Calls of methods are no arrows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use petgraph::{algo::tarjan_scc, graph::DiGraph};
use proc_macro2::{Punct, Spacing, TokenStream, TokenTree};
use syn::{Attribute, Item, UseTree, Visibility, visit::Visit};

use crate::source::{Source, attrs_of, is_for_tests, rust};

/// One crate's files, by module path.
struct Modules<'a> {
    files: HashMap<Vec<String>, Module<'a>>,
}

struct Module<'a> {
    source: &'a Source,
    /// Names of what the file defines itself.
    defines: BTreeSet<String>,
    /// What it passes on under a name of its own: the name and where it comes from.
    passes_on: Vec<(String, Vec<String>)>,
}

/// An arrow that a file's code draws.
struct Named {
    path: Vec<String>,
    is_passed_on: bool,
}

impl<'a> Modules<'a> {
    /// The files of a crate whose sources lie in `folder`.
    fn of(folder: &str, sources: &'a [Source]) -> Self {
        let mut files = HashMap::new();
        for source in sources.iter().filter(|source| !source.is_test()) {
            let module = module_path(folder, &source.path);
            let mut defines = BTreeSet::new();
            let mut passes_on = Vec::new();
            for item in &source.file.items {
                if let Some(name) = name_of(item) {
                    defines.insert(name);
                }
                if let Item::Use(item) = item {
                    flatten(&item.tree, &mut Vec::new(), &mut |path, name| {
                        passes_on.push((name, path));
                    });
                }
            }
            files.insert(
                module,
                Module {
                    source,
                    defines,
                    passes_on,
                },
            );
        }
        Self { files }
    }

    /// The module that defines what a path of the crate names, followed through `use`.
    fn defining(&self, path: &[String], depth: usize) -> Option<&[String]> {
        let known = (0..=path.len())
            .rev()
            .find_map(|n| self.files.get_key_value(&path[..n]))?;
        let (module, file) = known;
        let Some(item) = path.get(module.len()) else {
            return Some(module);
        };
        if file.defines.contains(item) || depth > 8 {
            return Some(module);
        }
        for (name, from) in &file.passes_on {
            if (name == item || name == "*")
                && let Some(mut target) = self.absolute(module, from)
            {
                if name == "*" {
                    target.push(item.clone());
                }
                let found = self.defining(&target, depth + 1)?;
                // Through a glob only what is really there.
                if name != "*" || self.files[found].defines.contains(item) {
                    return Some(found);
                }
            }
        }
        Some(module)
    }

    /// A path as written in a module, from the root of the crate; `None` for other crates.
    fn absolute(&self, module: &[String], written: &[String]) -> Option<Vec<String>> {
        let mut path = match written.first()?.as_str() {
            "crate" => Vec::new(),
            "self" => module.to_vec(),
            "super" => module[..module.len().checked_sub(1)?].to_vec(),
            first => {
                let mut child = module.to_vec();
                child.push(first.into());
                if self.files.contains_key(&child) {
                    child
                } else {
                    // A module that a `use` has brought here.
                    let uses = &self.files[module].passes_on;
                    let (_, from) = uses
                        .iter()
                        .find(|(name, from)| name == first && from.len() > 1 && from[0] != first)?;
                    self.absolute(module, from)?
                }
            }
        };
        for part in &written[1..] {
            if part == "super" {
                path.pop();
            } else {
                path.push(part.clone());
            }
        }
        Some(path)
    }

    /// Circles of files, each sorted by path.
    fn circles(&self) -> Vec<Vec<String>> {
        let mut graph = DiGraph::new();
        let mut nodes = BTreeMap::new();
        for module in self.files.keys() {
            nodes.insert(module.clone(), graph.add_node(module.clone()));
        }
        for (module, file) in &self.files {
            let mut names = Names::default();
            names.visit_file(&file.source.file);
            for named in names.0 {
                let target = self
                    .absolute(module, &named.path)
                    .and_then(|path| self.defining(&path, 0).map(<[String]>::to_vec));
                if let Some(target) = target
                    && target != *module
                    && !named.is_passed_on
                {
                    graph.update_edge(nodes[module], nodes[&target], ());
                }
            }
        }
        let mut circles: Vec<Vec<String>> = tarjan_scc(&graph)
            .into_iter()
            .filter(|files| files.len() > 1)
            .map(|files| {
                let mut arrows: Vec<String> = Vec::new();
                for from in &files {
                    for to in graph.neighbors(*from).filter(|to| files.contains(to)) {
                        arrows.push(format!(
                            "{} -> {}",
                            graph[*from].join("::"),
                            graph[to].join("::")
                        ));
                    }
                }
                arrows.sort();
                arrows
            })
            .collect();
        circles.sort();
        circles
    }
}

fn module_path(folder: &str, path: &str) -> Vec<String> {
    let inside = path
        .strip_prefix(folder)
        .unwrap_or(path)
        .trim_start_matches('/')
        .trim_end_matches(".rs");
    let mut parts: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    if let [only] = parts.as_slice()
        && (only == "lib" || only == "main")
    {
        parts.clear();
    }
    parts
}

fn name_of(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Mod(item) if item.content.is_some() => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// Each path of a `use`, with the name under which it is known.
fn flatten(tree: &UseTree, before: &mut Vec<String>, found: &mut impl FnMut(Vec<String>, String)) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, found);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            found(before.clone(), before.last().cloned().unwrap_or_default());
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            found(
                [before.as_slice(), std::slice::from_ref(&name)].concat(),
                name,
            );
        }
        UseTree::Rename(rename) => {
            let path = [before.as_slice(), &[rename.ident.to_string()]].concat();
            found(path, rename.rename.to_string());
        }
        UseTree::Glob(_) => found(before.clone(), "*".into()),
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, before, found);
            }
        }
    }
}

/// What the production code of a file names.
#[derive(Default)]
struct Names(Vec<Named>);

impl<'ast> Visit<'ast> for Names {
    fn visit_item(&mut self, item: &'ast Item) {
        if is_for_tests(attrs_of(item)) {
            return;
        }
        if let Item::Use(item) = item {
            let is_passed_on = !matches!(item.vis, Visibility::Inherited);
            flatten(&item.tree, &mut Vec::new(), &mut |path, _| {
                self.0.push(Named { path, is_passed_on });
            });
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            syn::visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        if parts.len() > 1 {
            self.0.push(Named {
                path: parts,
                is_passed_on: false,
            });
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, macro_: &'ast syn::Macro) {
        self.tokens(macro_.tokens.clone());
        syn::visit::visit_macro(self, macro_);
    }

    // `pub(in path)` and attributes name paths that are no imports.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

impl Names {
    /// Paths among the tokens of a macro, such as `view!`.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens
            .into_iter()
            .chain([TokenTree::Punct(Punct::new(';', Spacing::Alone))])
        {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(ident) if colons == 2 && !path.is_empty() => {
                    path.push(ident.to_string());
                    colons = 0;
                }
                token => {
                    if path.len() > 1 {
                        self.0.push(Named {
                            path: std::mem::take(&mut path),
                            is_passed_on: false,
                        });
                    }
                    path.clear();
                    colons = 0;
                    match token {
                        TokenTree::Ident(ident) => path.push(ident.to_string()),
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        _ => {}
                    }
                }
            }
        }
    }
}

fn circles_in(crate_folder: &str) -> Vec<Vec<String>> {
    let sources = rust(crate_folder);
    Modules::of(crate_folder, &sources).circles()
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut found = String::new();
    for folder in [
        "shared/src",
        "app/editor/src",
        "app/client/src",
        "app/src",
        "server/src",
    ] {
        for circle in circles_in(folder) {
            found += &format!("\n{folder}:\n  {}", circle.join("\n  "));
        }
    }
    assert!(found.is_empty(), "circles of imports:{found}");
}

#[test]
fn a_circle_is_found_through_what_is_passed_on_and_not_where_there_is_none() {
    let parse = |files: &[(&str, &str)]| -> Vec<Source> {
        files
            .iter()
            .map(|(path, text)| Source::parse(path, text))
            .collect()
    };
    let circle = parse(&[
        ("x/lib.rs", "mod a; mod b; mod c;"),
        (
            "x/a.rs",
            "use crate::b; pub struct Other; fn g() { view!(<p>{b::Thing}</p>) }",
        ),
        ("x/b.rs", "pub use crate::c::Thing;"),
        ("x/c.rs", "pub struct Thing; fn f(_: super::a::Other) {}"),
    ]);
    assert_eq!(
        Modules::of("x", &circle).circles(),
        [["a -> c", "c -> a"]],
        "b only passes on what c defines"
    );
    let tree = parse(&[
        ("x/lib.rs", "mod a; pub use a::b::Inner; pub struct Whole;"),
        ("x/a/mod.rs", "mod b; pub use b::Inner;"),
        (
            "x/a/b.rs",
            "use crate::Whole; pub struct Inner(Whole);\n#[cfg(test)] mod tests { use crate::a::c; }",
        ),
        ("x/a/c.rs", "use super::Inner;"),
    ]);
    assert!(Modules::of("x", &tree).circles().is_empty());
}
