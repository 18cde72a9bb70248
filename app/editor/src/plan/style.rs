//! Styles: those to choose from, and another choice.

use shared::{
    board::Command,
    object::{Kind, sticky_note},
    props::Style,
};

use super::{Deed, Plan};
use crate::{Context, part::Parts};

/// A style with its present choice; `None` where objects differ.
pub(crate) type Choice = (&'static Style, Option<&'static str>);

/// The styles that all of the selection has, or that the next object of the tool in hand
/// will have.
pub(crate) fn styles(parts: &Parts, cx: &Context<'_>) -> Vec<Choice> {
    let own = |kind: &Kind| -> Vec<_> {
        kind.styles()
            .into_iter()
            .map(|(style, choice)| (style, Some(choice)))
            .collect()
    };
    if let Some(name) = parts.hand.tool().makes() {
        return own(&parts.hand.model(name));
    }
    let mut objects = parts.sel.objects(cx).into_iter();
    let Some(first) = objects.next() else {
        return Vec::new();
    };
    let mut styles = own(&first.kind);
    for object in objects {
        let others = object.kind.styles();
        styles.retain_mut(|(style, choice)| {
            let other = others.iter().find(|(other, _)| other.key == style.key);
            *choice = choice.filter(|choice| other.is_some_and(|(_, other)| other == choice));
            other.is_some()
        });
    }
    styles
}

/// Makes another choice, for what is selected and for the next of its kind.
pub(crate) fn style(key: &'static str, choice: &str, parts: &Parts, cx: &Context<'_>) -> Plan {
    let next = |name: &str| Deed::Style(name.to_owned(), key, choice.to_owned());
    let has_style = |kind: &Kind| kind.styles().iter().any(|(style, _)| style.key == key);
    let mut plan = Plan::nothing();
    if let Some(name) = parts.hand.tool().makes() {
        plan = plan.then(next(name));
    } else if parts.sel.ids().is_empty() {
        plan = plan.then(next(sticky_note::NAME));
    }
    let mut commands = Vec::new();
    for object in parts.sel.objects(cx) {
        if has_style(&object.kind) && !object.is_locked {
            plan = plan.then(next(object.kind.name()));
            commands.push(Command::Set(object.id.clone(), vec![(key, choice.into())]));
        }
    }
    if cx.rights.writes {
        plan = plan.then(Deed::Write(commands));
    }
    plan
}
