//! What people read stands in the table of texts (`shared/texts`), nowhere else.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Item, visit::Visit};

use crate::source::{Source, attrs_of, is_for_tests, rust};

/// Attributes whose value people read or hear.
const READ: [&str; 5] = ["label", "title", "placeholder", "alt", "description"];

/// What is the same in every language.
const NAMES: [&str; 2] = ["Plaza", "https://"];

/// Words in capital letters that are no text there: names of keys as browsers tell them, and of
/// what is written in the log.
const KEYS: [&str; 17] = [
    "Alt",
    "Arrow",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "Control",
    "Dead",
    "Digit",
    "Enter",
    "Escape",
    "Home",
    "Key",
    "Meta",
    "Process",
    "Shift",
    "Tab",
];

/// Where a word on its own is a text as well: in these folders nothing else has a capital letter.
const WORDS_ALONE: [&str; 4] = [
    "app/client/src/",
    "app/editor/src/",
    "shared/src/object/",
    "shared/src/draw/style.rs",
];
/// But here: these words are for the log.
const LOG: &str = "app/client/src/log.rs";

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

/// Whether it is one word in a capital letter, no key's name.
fn is_word_alone(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(char::is_uppercase)
        && text.chars().all(char::is_alphabetic)
        && !text.chars().all(char::is_uppercase)
        && !KEYS.contains(&text)
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
/// an attribute that is read. Everywhere: sentences; in some folders words on their own.
#[derive(Default)]
struct Literals {
    found: Vec<String>,
    /// Whether a word on its own is a text.
    words_alone: bool,
}

impl Literals {
    fn of(source: &Source) -> Vec<String> {
        let path = source.path.as_str();
        let mut literals = Self {
            found: Vec::new(),
            words_alone: WORDS_ALONE.iter().any(|folder| path.starts_with(folder)) && path != LOG,
        };
        literals.visit_file(&source.file);
        literals.found
    }

    /// Whether it is a text wherever it stands.
    fn is_text(&self, text: &str) -> bool {
        is_sentence(text) || (self.words_alone && is_word_alone(text))
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
                Some("=") => {
                    let is_read = |name: String| READ.contains(&name.as_str());
                    before(2).is_some_and(is_read) && is_word(&text)
                }
                Some(">") => is_word(&text),
                _ => self.is_text(&text),
            };
            if is_read {
                self.found.push(text);
            }
        }
    }

    /// Sentences among the tokens of any other macro, but for what only panics or logs.
    fn sentences(&mut self, tokens: TokenStream) {
        for token in tokens {
            match &token {
                TokenTree::Group(group) => self.sentences(group.stream()),
                token => {
                    let text = text_of(token).filter(|text| self.is_text(text));
                    self.found.extend(text);
                }
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
        let text = Some(text.value()).filter(|text| self.is_text(text));
        self.found.extend(text);
    }
}

#[test]
fn what_people_read_is_in_the_table() {
    let mut broken = String::new();
    for folder in [
        "app/src",
        "app/client/src",
        "app/editor/src",
        "shared/src/object",
        "shared/src/draw",
    ] {
        for source in rust(folder).iter().filter(|source| !source.is_test()) {
            for text in Literals::of(source) {
                broken += &format!("\n{}: {text:?}", source.path);
            }
        }
    }
    assert!(broken.is_empty(), "outside shared/texts:{broken}");
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

#[test]
fn a_word_on_its_own_is_found_where_nothing_else_has_a_capital_letter() {
    let code = r#"
        choices! { Align { Start = "start", "Left"; } }
        fn f(key: &str) {
            if key == "Escape" || key.starts_with("Arrow") || key == "K" { label("Frame") }
        }
    "#;
    let found = |path| Literals::of(&Source::parse(path, code));
    assert_eq!(found("shared/src/object/a.rs"), ["Left", "Frame"]);
    assert_eq!(found("app/src/view/a.rs"), [""; 0]);
}
