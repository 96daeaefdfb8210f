//! The items of a module, and the modules in it.

use kgen_model::draft::{DraftAlias, DraftConst, DraftModule, DraftVersion};
use syn::{Attribute, Block, Ident, ImplItem, Item, ItemImpl, ItemMacro, ItemMod, ItemType, Signature, Stmt, Type};

use super::cfg::is_test_only;
use super::docs;
use super::folder::Folder;
use super::foreign;
use super::markers;
use super::parse::{Declared, Job, Parsed};
use super::place::Place;
use super::types::{generics, type_ref};
use super::uses::{extern_crate, is_public, is_version_macro, uses};
use super::values::{constant, name};

/// The lowering of one file.
pub(crate) struct Lowering<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) parsed: Parsed,
}

impl<'a> Lowering<'a> {
    /// Of a file whose code begins at the place.
    pub(crate) fn new(place: Place<'a>) -> Self {
        Self {
            place,
            parsed: Parsed::default(),
        }
    }

    /// Lowers the file.
    pub(crate) fn file(mut self, job: &Job, tree: &syn::File) -> Parsed {
        if !is_test_only(&tree.attrs) {
            let inner = self.attributes(&tree.attrs).docs;
            self.module(
                job.module.clone(),
                docs::join_two(job.docs.clone(), inner),
                &job.folder,
                &tree.items,
            );
        }
        self.parsed
    }

    fn module(&mut self, path: Vec<String>, docs: String, folder: &Folder, items: &[Item]) {
        let mut module = DraftModule {
            path,
            file: self.place.file,
            docs,
            ..DraftModule::default()
        };
        for item in items {
            self.item(&mut module, folder, item);
        }
        // Whether a macro is ours depends on the imports, which may stand below it.
        for item in items {
            if let Item::Macro(item) = item {
                self.version(&mut module, item);
            }
        }
        self.parsed.modules.push(module);
    }

    fn item(&mut self, module: &mut DraftModule, folder: &Folder, item: &Item) {
        let is_on = |attributes: &[Attribute]| !is_test_only(attributes);
        match item {
            Item::Struct(item) if is_on(&item.attrs) => module.types.push(self.strukt(item)),
            Item::Enum(item) if is_on(&item.attrs) => module.types.push(self.enum_(item)),
            Item::Union(item) if is_on(&item.attrs) => module.types.push(self.union(item)),
            Item::Type(item) if is_on(&item.attrs) => module.aliases.push(self.alias(item)),
            Item::Const(item) if is_on(&item.attrs) && item.ident != "_" => {
                module
                    .consts
                    .push(self.constant(name(&item.ident), &item.ident, &item.expr));
            }
            Item::Fn(item) if is_on(&item.attrs) => self.function(module, None, &item.sig, &item.block),
            Item::Use(item) if is_on(&item.attrs) => module.uses.extend(uses(item, self.place)),
            Item::ExternCrate(item) if is_on(&item.attrs) => module.uses.push(extern_crate(item, self.place)),
            Item::Impl(item) if is_on(&item.attrs) => self.implementation(module, item),
            Item::Mod(item) if is_on(&item.attrs) => {
                if !is_public(&item.vis) {
                    module.private_modules.push(name(&item.ident));
                }
                self.submodule(&module.path, folder, item);
            }
            _ => {}
        }
    }

    fn alias(&mut self, item: &ItemType) -> DraftAlias {
        DraftAlias {
            name: name(&item.ident),
            span: self.place.span(item.ident.span()),
            docs: self.attributes(&item.attrs).docs,
            generics: generics(&item.generics, self.place).0,
            ty: type_ref(&item.ty, self.place),
        }
    }

    fn constant(&self, name: String, ident: &Ident, value: &syn::Expr) -> DraftConst {
        DraftConst {
            name,
            span: self.place.span(ident.span()),
            value: constant(value, self.place),
        }
    }

    fn implementation(&mut self, module: &mut DraftModule, item: &ItemImpl) {
        let Some(ty) = self_path(&item.self_ty) else { return };
        if let Some((path, _)) = &item.trait_
            && item.modifiers.polarity.is_none()
            && let Some(last) = path.segments.last()
        {
            module.impls.push((name(&last.ident), ty.clone()));
        }
        let ty = ty.join("::");
        for member in &item.items {
            match member {
                ImplItem::Const(member) if item.trait_.is_none() && !is_test_only(&member.attrs) => {
                    let name = format!("{ty}::{}", name(&member.ident));
                    module.consts.push(self.constant(name, &member.ident, &member.expr));
                }
                ImplItem::Fn(member) if !is_test_only(&member.attrs) => {
                    self.function(module, Some(&ty), &member.sig, &member.block);
                }
                _ => {}
            }
        }
    }

    /// A function of the module or, with its name, of a type.
    fn function(&self, module: &mut DraftModule, ty: Option<&str>, signature: &Signature, body: &Block) {
        let of_module = name(&signature.ident);
        let name = ty.map_or_else(|| of_module.clone(), |ty| format!("{ty}::{of_module}"));
        if signature.inputs.is_empty()
            && let [Stmt::Expr(value, None)] = body.stmts.as_slice()
        {
            let value = foreign::expression(value, self.place);
            module.values.push(DraftConst {
                name: name.clone(),
                span: self.place.span(signature.ident.span()),
                value,
            });
        }
        module.functions.push(name);
    }

    fn submodule(&mut self, parent: &[String], folder: &Folder, item: &ItemMod) {
        let attributes = self.attributes(&item.attrs);
        let (docs, path) = (attributes.docs, attributes.path);
        let (name, span) = (name(&item.ident), self.place.span(item.ident.span()));
        let module: Vec<String> = parent.iter().cloned().chain([name.clone()]).collect();
        match &item.content {
            Some((_, items)) => {
                let folder = folder.inline(&name, path.as_deref());
                self.module(module, docs, &folder, items);
            }
            None => {
                let folder = folder.clone();
                self.parsed.declared.push(Declared {
                    name,
                    span,
                    docs,
                    module,
                    folder,
                    path,
                });
            }
        }
    }

    fn version(&mut self, module: &mut DraftModule, item: &ItemMacro) {
        if item.ident.is_some() || is_test_only(&item.attrs) || !is_version_macro(&item.mac.path, module) {
            return;
        }
        let mut errors = Vec::new();
        let markers = markers::items(item.mac.tokens.clone(), self.place, &mut errors);
        errors.into_iter().for_each(|error| self.parsed.report.push(error));
        let first = item
            .mac
            .path
            .segments
            .first()
            .map_or(item.mac.bang_token.span, |segment| segment.ident.span());
        let span = self.place.between(first, item.mac.delimiter.span().close());
        module.versions.push(DraftVersion { span, markers });
    }
}

/// The path of the type that an `impl` is for, without arguments.
fn self_path(ty: &Type) -> Option<Vec<String>> {
    match ty {
        Type::Path(path) if path.qself.is_none() => {
            Some(path.path.segments.iter().map(|segment| name(&segment.ident)).collect())
        }
        Type::Paren(paren) => self_path(&paren.elem),
        _ => None,
    }
}
