//! The types of one version as a module of the draft.

use std::collections::{BTreeMap, BTreeSet};

use kgen_model::draft::{
    DraftBody, DraftField, DraftModule, DraftPayload, DraftType, DraftTypeRef, DraftVariant, DraftVersion,
};
use kgen_model::model::Declaration;
use kgen_model::{Diagnostic, Report, Span};

use super::mark;
use super::naming;
use super::ty::{Names, Ty};
use super::types::{Body, Member, Part, Role};
use super::words;

/// One version of a group.
pub(super) struct Of<'a> {
    pub(super) path: Vec<String>,
    pub(super) group: (&'a str, Span),
    pub(super) version: (&'a str, Span),
}

/// The module of a version. `mappings` are the names of types that a person chose, by those that they would have.
pub(super) fn module(
    of: Of<'_>,
    parts: &[Part<'_, '_>],
    mappings: &mut Mappings<'_>,
    report: &mut Report,
) -> DraftModule {
    let called = Called::of(naming::names(parts), parts, mappings, report);
    let has_default = defaults(parts, &called);
    let types = parts.iter().enumerate().filter(|(at, _)| called.is_made[*at]);
    let types = types.map(|(at, part)| {
        let name = called.names[at].join("::");
        draft_type(name, part, has_default[at], &called)
    });
    let markers = vec![
        mark::assign("group", of.group.0, of.group.1),
        mark::assign("version", of.version.0, of.version.1),
    ];
    DraftModule {
        path: of.path,
        file: of.version.1.file,
        docs: format!("Version `{}` of the group `{}`.", of.version.0, of.group.0),
        versions: vec![DraftVersion {
            span: of.version.1,
            markers,
        }],
        types: types.collect(),
        ..DraftModule::default()
    }
}

/// The names that a person chose, and which of them meant something.
pub(super) struct Mappings<'o> {
    pub(super) types: &'o BTreeMap<String, String>,
    pub(super) used: BTreeSet<&'o str>,
}

/// What the types of a module are called.
struct Called {
    /// The path of each.
    names: Vec<Vec<String>>,
    /// Whether it is made here, which one that is mapped or that nothing holds is not.
    is_made: Vec<bool>,
    taken: BTreeSet<String>,
}

impl Names for Called {
    fn path(&self, own: usize) -> Vec<String> {
        self.names[own].clone()
    }

    fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }
}

impl Called {
    fn of(names: Vec<String>, parts: &[Part<'_, '_>], mappings: &mut Mappings<'_>, report: &mut Report) -> Self {
        let mut called = Self {
            names: Vec::with_capacity(names.len()),
            is_made: vec![false; names.len()],
            taken: BTreeSet::new(),
        };
        for (at, name) in names.into_iter().enumerate() {
            let chosen = mappings.types.get_key_value(&name);
            let path = match chosen {
                Some((key, path)) => {
                    mappings.used.insert(key);
                    path.split("::").map(str::to_owned).collect()
                }
                None => vec![name],
            };
            if let [name] = path.as_slice()
                && !called.taken.insert(name.clone())
            {
                let message = format!("two types of one module would be called `{name}`");
                let help = "choose another name in `[types]`";
                report.push(Diagnostic::error("duplicate-name", parts[at].at.span, message).help(help));
            }
            called.names.push(path);
        }
        called.reach(parts);
        called
    }

    /// Finds the types that something holds that is made itself.
    fn reach(&mut self, parts: &[Part<'_, '_>]) {
        let is_kind = |at: &usize| matches!(parts[*at].role, Role::Kind(_));
        let mut open: Vec<usize> = (0..parts.len()).filter(is_kind).collect();
        while let Some(at) = open.pop() {
            if self.is_made[at] || self.names[at].len() > 1 {
                continue;
            }
            self.is_made[at] = true;
            if let Body::Struct(fields) = &parts[at].body {
                open.extend(fields.iter().filter_map(|field| field.ty.own()));
            }
        }
    }
}

/// Which types have a `Default`: structs whose fields all have one.
fn defaults(parts: &[Part<'_, '_>], called: &Called) -> Vec<bool> {
    let mut has_default: Vec<bool> = parts.iter().map(|part| matches!(part.body, Body::Struct(_))).collect();
    let mut is_changing = true;
    while is_changing {
        is_changing = false;
        for (at, part) in parts.iter().enumerate() {
            let Body::Struct(fields) = &part.body else { continue };
            let lacks = |field: &Member<'_>| field.lacks_default(|own| has_default[own] || called.names[own].len() > 1);
            if has_default[at] && fields.iter().any(lacks) {
                has_default[at] = false;
                is_changing = true;
            }
        }
    }
    has_default
}

fn draft_type(name: String, part: &Part<'_, '_>, has_default: bool, called: &Called) -> DraftType {
    let is_open = mark::says(&part.markers, "closed");
    let body = match &part.body {
        Body::Struct(fields) => DraftBody::Struct(fields.iter().map(|field| draft_field(field, called)).collect()),
        Body::Enum(values) => DraftBody::Enum(variants(values, is_open.then_some(part.at.span), called)),
    };
    let derives = ["Clone", "Debug", "Default", "PartialEq", "Api"].into_iter();
    DraftType {
        name,
        span: part.at.span,
        docs: part.docs.to_owned(),
        generics: Vec::new(),
        other_generics: None,
        markers: part.markers.clone(),
        serde: Vec::new(),
        derives: derives
            .filter(|name| has_default || *name != "Default")
            .map(str::to_owned)
            .collect(),
        deprecated: None,
        public: true,
        exported: true,
        declaration: Declaration::Generated,
        body,
        foreign: None,
    }
}

fn draft_field(field: &Member<'_>, called: &Called) -> DraftField {
    DraftField {
        name: field.name.clone(),
        span: field.span,
        docs: field.docs.to_owned(),
        ty: field.ty.written(field.span, called),
        markers: field.markers.clone(),
        serde: Vec::new(),
        deprecated: None,
        public: true,
        foreign: None,
    }
}

fn variants(values: &[(&str, Span)], open: Option<Span>, called: &Called) -> Vec<DraftVariant> {
    let texts: Vec<&str> = values.iter().map(|(value, _)| *value).collect();
    let names = words::variants(&texts);
    let other = open.map(|span| {
        let ty: DraftTypeRef = Ty::Plain("String").written(span, called);
        DraftVariant {
            docs: "A value that this version does not know.".to_owned(),
            payload: DraftPayload::Newtype(ty),
            markers: vec![mark::flag("other", span)],
            ..unit(words::other(&names), span)
        }
    });
    let named = values.iter().zip(&names).map(|((value, span), name)| {
        let is_other = name != value;
        DraftVariant {
            markers: is_other
                .then(|| mark::assign("name", *value, *span))
                .into_iter()
                .collect(),
            ..unit(name.clone(), *span)
        }
    });
    named.chain(other).collect()
}

fn unit(name: String, span: Span) -> DraftVariant {
    DraftVariant {
        name,
        span,
        docs: String::new(),
        payload: DraftPayload::Unit,
        markers: Vec::new(),
        serde: Vec::new(),
        deprecated: None,
        default: false,
        foreign: None,
    }
}
