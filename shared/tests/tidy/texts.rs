//! What people read stands in the table of texts (`shared/texts`), nowhere else.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Item, visit::Visit};

use crate::source::{Source, attrs_of, is_for_tests, rust};

/// Files whose texts have yet to move into the table.
const NOT_YET: &[&str] = &[
    "app/client/src/links.rs",
    "app/editor/src/action/list.rs",
    "app/editor/src/plan/format.rs",
    "app/src/view/canvas_page.rs",
    "app/src/view/debug.rs",
    "app/src/view/find.rs",
    "app/src/view/header.rs",
    "app/src/view/join_page.rs",
    "app/src/view/link_dialog.rs",
    "app/src/view/links.rs",
    "app/src/view/menu.rs",
    "app/src/view/mod.rs",
    "app/src/view/offer.rs",
    "app/src/view/outline.rs",
    "app/src/view/palette.rs",
    "app/src/view/people.rs",
    "app/src/view/properties.rs",
    "app/src/view/stage.rs",
    "app/src/view/start_page.rs",
    "app/src/view/toolbar.rs",
    "shared/src/object/unknown.rs",
];

/// Attributes whose value people read or hear.
const READ: [&str; 5] = ["label", "title", "placeholder", "alt", "description"];

/// Names that are the same in every language.
const NAMES: [&str; 1] = ["Plaza"];

/// Whether people would read it: two letters side by side.
fn is_word(text: &str) -> bool {
    let letters: Vec<bool> = text.chars().map(char::is_alphabetic).collect();
    letters.windows(2).any(|pair| pair[0] && pair[1]) && !NAMES.contains(&text)
}

/// Whether it begins with a word in a capital letter and goes on after it.
fn is_sentence(text: &str) -> bool {
    let first = text.split_once(' ').map_or("", |(first, _)| first);
    let first = first.trim_end_matches([',', ':', '.', '…']);
    first.starts_with(char::is_uppercase) && first.chars().all(char::is_alphabetic)
}

/// A literal's text.
fn text_of(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else {
        return None;
    };
    let text: syn::LitStr = syn::parse_str(&literal.to_string()).ok()?;
    Some(text.value())
}

/// Texts of a file outside the table. In views: what stands between tags, or is the value of
/// an attribute that is read. Everywhere: sentences.
#[derive(Default)]
struct Literals(Vec<String>);

impl Literals {
    fn of(source: &Source) -> Vec<String> {
        let mut found = Self::default();
        found.visit_file(&source.file);
        found.0
    }

    fn view(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            if let TokenTree::Group(group) = token {
                self.view(group.stream());
            }
            let Some(text) = text_of(token) else { continue };
            let before = |n: usize| at.checked_sub(n).map(|at| tokens[at].to_string());
            let is_read = match before(1).as_deref() {
                Some("=") => before(2).is_some_and(|name| READ.contains(&name.as_str())),
                Some(">") => is_word(&text),
                _ => is_sentence(&text),
            };
            if is_read {
                self.0.push(text);
            }
        }
    }

    /// Sentences among the tokens of any other macro, but for what only panics or logs.
    fn sentences(&mut self, tokens: TokenStream) {
        for token in tokens {
            match &token {
                TokenTree::Group(group) => self.sentences(group.stream()),
                token => self
                    .0
                    .extend(text_of(token).filter(|text| is_sentence(text))),
            }
        }
    }
}

impl<'ast> Visit<'ast> for Literals {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_for_tests(attrs_of(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_macro(&mut self, used: &'ast syn::Macro) {
        let name = used.path.segments.last().map(|name| name.ident.to_string());
        match name.as_deref() {
            Some("view") => self.view(used.tokens.clone()),
            Some("debug_assert" | "assert" | "unreachable") => {}
            _ => self.sentences(used.tokens.clone()),
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.visit_expr(&call.receiver);
        if call.method != "expect" {
            call.args.iter().for_each(|arg| self.visit_expr(arg));
        }
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.0
            .extend(Some(text.value()).filter(|text| is_sentence(text)));
    }
}

#[test]
fn what_people_read_is_in_the_table() {
    let mut broken = String::new();
    let mut done = BTreeSet::new();
    for folder in [
        "app/src",
        "app/client/src",
        "app/editor/src",
        "shared/src/object",
    ] {
        for source in rust(folder).iter().filter(|source| !source.is_test()) {
            let found = Literals::of(source);
            let is_listed = NOT_YET.contains(&source.path.as_str());
            if is_listed && found.is_empty() {
                done.insert(source.path.clone());
            } else if !is_listed {
                for text in found {
                    broken += &format!("\n{}: {text:?}", source.path);
                }
            }
        }
    }
    assert!(broken.is_empty(), "outside shared/texts:{broken}");
    assert!(done.is_empty(), "no longer to be listed: {done:?}");
}

#[test]
fn a_text_outside_the_table_is_found() {
    let code = r#"
        fn f() {
            view! {
                <p class="two words" aria-label="Close" title=t(X) data-testid="Not read">"Read"</p>
                <h1>"Plaza"</h1>
            }
            say("Nothing selected");
            say(format!("Turned {n} times"));
            key("Shift Enter".into());
            write("two words");
        }
        #[cfg(test)]
        fn g() { say("A test speaks") }
    "#;
    let found = Literals::of(&Source::parse("a.rs", code));
    assert_eq!(
        found,
        [
            "Close",
            "Read",
            "Nothing selected",
            "Turned {n} times",
            "Shift Enter"
        ]
    );
}
