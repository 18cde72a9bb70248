//! The server says codes, no sentences: what people read is made by the client.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Expr, Item, visit::Visit};

use crate::source::{Source, attrs_of, is_for_tests, rust};

/// Where what is said to clients is made.
const FOLDERS: [&str; 4] = [
    "shared/src/protocol",
    "shared/src/sync",
    "server/src/http",
    "server/src/ws",
];
/// What PROTOCOL.md has as tables: nothing of it is sent.
const TABLES: [&str; 2] = [
    "shared/src/protocol/limits.rs",
    "shared/src/protocol/share.rs",
];
/// Said where there is no client yet, to whoever built the server without one.
const FOR_BUILDERS: &str = "The client is not built. Run `make build`.";
/// Macros whose text goes somewhere a client can see; those of `tracing` and the
/// assertions are not among them.
const MACROS: [&str; 3] = ["format", "write", "concat"];
/// Calls whose text is for the log, or for whoever reads a panic.
const CALLS: [&str; 3] = ["expect", "internal", "debug_struct"];

/// Whether a text has two words, letters alone, beside each other.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    let words: Vec<bool> = text.split(' ').map(is_word).collect();
    words.windows(2).any(|pair| pair[0] && pair[1])
}

#[derive(Default)]
struct Sentences(Vec<String>);

impl Sentences {
    fn take(&mut self, text: String) {
        if is_sentence(&text) {
            self.0.push(text);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => self.take(literal.to_string().replace('"', "")),
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Sentences {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_for_tests(attrs_of(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_macro(&mut self, used: &'ast syn::Macro) {
        let name = used.path.segments.last();
        if name.is_some_and(|name| MACROS.iter().any(|made| name.ident == made)) {
            self.tokens(used.tokens.clone());
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.visit_expr(&call.receiver);
        if !CALLS.iter().any(|name| call.method == name) {
            call.args.iter().for_each(|arg| self.visit_expr(arg));
        }
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let is_for_log = match &*call.func {
            Expr::Path(path) => path
                .path
                .segments
                .last()
                .is_some_and(|name| CALLS.iter().any(|made| name.ident == made)),
            _ => false,
        };
        if !is_for_log {
            syn::visit::visit_expr_call(self, call);
        }
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.take(text.value());
    }
}

#[test]
fn nothing_that_clients_are_told_is_a_sentence() {
    let mut broken = String::new();
    for folder in FOLDERS {
        let sources = rust(folder);
        assert!(!sources.is_empty(), "{folder} has no files");
        let is_said = |source: &&Source| !source.is_test() && !TABLES.contains(&&*source.path);
        for source in sources.iter().filter(is_said) {
            let mut found = Sentences::default();
            found.visit_file(&source.file);
            for text in found.0.iter().filter(|text| *text != FOR_BUILDERS) {
                broken += &format!("\n{}: {text}", source.path);
            }
        }
    }
    assert!(broken.is_empty(), "{broken}");
}

#[test]
fn a_sentence_is_found_where_it_would_be_said() {
    let code = r#"
        #[error("an error has words")]
        struct E;
        fn f() {
            tracing::warn!("a log has words");
            failed.internal("reading a document");
            say("the disk is full");
            say(format!("{n} people are here"));
            say("no-store, private; sandbox");
        }
        #[cfg(test)]
        fn g() { say("a test has words") }
    "#;
    let mut found = Sentences::default();
    found.visit_file(&syn::parse_file(code).unwrap());
    assert_eq!(found.0, ["the disk is full", "{n} people are here"]);
}
