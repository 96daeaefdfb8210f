//! Drafts as compact text, and inputs without ceremony.

use std::fmt::Write as _;

use kgen_model::draft::{
    DraftBody, DraftField, DraftModule, DraftPayload, DraftType, DraftTypeKind, DraftTypeRef, DraftVariant,
};
use kgen_model::{Diagnostic, Draft, Expr, ExprKind, Report, Sources, Span};

/// What one text gives.
pub(crate) struct Loaded {
    pub(crate) draft: Draft,
    pub(crate) report: Report,
    pub(crate) sources: Sources,
}

/// Loads a text as `crate`.
pub(crate) fn load(text: &str) -> Loaded {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let draft = kgen_source::load_text("lib.rs", text, &["crate".to_owned()], &mut sources, &mut report);
    Loaded { draft, report, sources }
}

impl Loaded {
    /// The text that a span covers.
    pub(crate) fn slice(&self, span: Span) -> &str {
        let file = self.sources.file(span.file).expect("spans lie in loaded files");
        &file.text[span.start as usize..span.end as usize]
    }

    /// Each finding as `code "text" message`, with help left out.
    pub(crate) fn findings(&self) -> Vec<String> {
        self.report
            .diagnostics()
            .iter()
            .map(|finding| self.finding(finding))
            .collect()
    }

    fn finding(&self, finding: &Diagnostic) -> String {
        let at = finding
            .span
            .map_or("nowhere".to_owned(), |span| format!("{:?}", self.slice(span)));
        let mut text = format!("{} {at} {}", finding.code, finding.message);
        for related in &finding.related {
            write!(text, " / {:?} {}", self.slice(related.span), related.text).expect("strings grow");
        }
        text
    }
}

/// The draft as lines.
pub(crate) fn dump(draft: &Draft) -> String {
    draft.modules.iter().map(module).collect::<Vec<_>>().join("")
}

fn module(module: &DraftModule) -> String {
    let mut text = format!("mod {}{}\n", module.path.join("::"), docs(&module.docs));
    let mut line = |line: String| writeln!(text, "  {line}").expect("strings grow");
    for import in &module.uses {
        line(format!(
            "{}use {} = {}",
            public(import.public),
            import.name,
            import.path.join("::")
        ));
    }
    for name in &module.private_modules {
        line(format!("mod {name}"));
    }
    for version in &module.versions {
        line(format!("version({})", exprs(&version.markers)));
    }
    for item in &module.types {
        ty(item).into_iter().for_each(&mut line);
    }
    for alias in &module.aliases {
        line(format!(
            "type {}{} = {}{}",
            alias.name,
            list("<", &alias.generics, ">"),
            reference(&alias.ty),
            docs(&alias.docs)
        ));
    }
    for constant in &module.consts {
        line(format!(
            "const {} = {}",
            constant.name,
            constant.value.as_ref().map_or("?".to_owned(), expr)
        ));
    }
    if !module.functions.is_empty() {
        line(format!("fn {}", module.functions.join(", ")));
    }
    for (name, ty) in &module.impls {
        line(format!("impl {name} for {}", ty.join("::")));
    }
    text
}

fn ty(item: &DraftType) -> Vec<String> {
    let (word, members) = match &item.body {
        DraftBody::Struct(fields) => (
            "struct",
            fields.iter().map(|item| format!("  {}", field(item))).collect(),
        ),
        DraftBody::Newtype(inner) => ("newtype", vec![format!("  {}", reference(inner))]),
        DraftBody::Unit => ("unit", Vec::new()),
        DraftBody::Tuple => ("tuple", Vec::new()),
        DraftBody::Enum(variants) => ("enum", variants.iter().flat_map(variant).collect()),
        DraftBody::CUnion => ("union", Vec::new()),
    };
    let other = if item.other_generics.is_some() {
        " other generics"
    } else {
        ""
    };
    let head = format!(
        "{}{word} {}{}{other}",
        public(item.public),
        item.name,
        list("<", &item.generics, ">")
    );
    let derives = list(" derive(", &item.derives, ")");
    let tail = said(&item.markers, &item.serde, item.deprecated.as_deref(), &item.docs);
    [format!("{head}{derives}{tail}")].into_iter().chain(members).collect()
}

fn variant(item: &DraftVariant) -> Vec<String> {
    let default = if item.default { " default" } else { "" };
    let (payload, fields) = match &item.payload {
        DraftPayload::Unit => (String::new(), Vec::new()),
        DraftPayload::Newtype(inner) => (format!("({})", reference(inner)), Vec::new()),
        DraftPayload::Tuple => ("(..)".to_owned(), Vec::new()),
        DraftPayload::Struct(fields) => (
            " {}".to_owned(),
            fields.iter().map(|item| format!("    {}", field(item))).collect(),
        ),
    };
    let tail = said(&item.markers, &item.serde, item.deprecated.as_deref(), &item.docs);
    [format!("  {}{payload}{default}{tail}", item.name)]
        .into_iter()
        .chain(fields)
        .collect()
}

fn field(item: &DraftField) -> String {
    let tail = said(&item.markers, &item.serde, item.deprecated.as_deref(), &item.docs);
    format!("{}{}: {}{tail}", public(item.public), item.name, reference(&item.ty))
}

fn said(markers: &[Expr], serde: &[Expr], deprecated: Option<&str>, text: &str) -> String {
    let mut said = String::new();
    if !markers.is_empty() {
        write!(said, " kgen({})", exprs(markers)).expect("strings grow");
    }
    if !serde.is_empty() {
        write!(said, " serde({})", exprs(serde)).expect("strings grow");
    }
    if let Some(note) = deprecated {
        write!(said, " deprecated({note:?})").expect("strings grow");
    }
    said + &docs(text)
}

/// A type as Rust writes it, with what is unsupported in words.
pub(crate) fn reference(ty: &DraftTypeRef) -> String {
    match &ty.kind {
        DraftTypeKind::Path { segments, global } => {
            let names = segments.iter().map(|segment| {
                let args: Vec<String> = segment.args.iter().map(reference).collect();
                format!("{}{}", segment.name, list("<", &args, ">"))
            });
            format!(
                "{}{}",
                if *global { "::" } else { "" },
                names.collect::<Vec<_>>().join("::")
            )
        }
        DraftTypeKind::Array(element, length) => {
            format!(
                "[{}; {}]",
                reference(element),
                length.map_or("?".to_owned(), |length| length.to_string())
            )
        }
        DraftTypeKind::Tuple(elements) => {
            format!("({})", elements.iter().map(reference).collect::<Vec<_>>().join(", "))
        }
        DraftTypeKind::Unsupported(noun) => format!("({noun})"),
    }
}

/// Expressions with commas between them.
pub(crate) fn exprs(list: &[Expr]) -> String {
    list.iter().map(expr).collect::<Vec<_>>().join(", ")
}

fn expr(item: &Expr) -> String {
    match &item.kind {
        ExprKind::Literal(literal) => literal.to_string(),
        ExprKind::Path(path) => path.clone(),
        ExprKind::Assign { name, value } => format!("{} = {}", name.text, expr(value)),
        ExprKind::Call { name, args } => format!("{}({})", name.text, exprs(args)),
        ExprKind::List(items) => format!("[{}]", exprs(items)),
    }
}

fn list(open: &str, items: &[String], close: &str) -> String {
    if items.is_empty() {
        String::new()
    } else {
        format!("{open}{}{close}", items.join(", "))
    }
}

fn docs(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(" // {text:?}")
    }
}

fn public(public: bool) -> &'static str {
    if public { "pub " } else { "" }
}
