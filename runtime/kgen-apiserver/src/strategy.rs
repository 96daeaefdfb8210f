//! What a person adds to how the objects of a kind are written.

use kgen::Object;
use kgen::validation::Errors;

use crate::auth::User;

/// Hand-written behaviour of a kind, in its storage version. All methods have defaults: what every kind gets besides
/// (defaults, generated rules, `generation`, the split between spec and status) happens anyway.
pub trait Strategy: Send + Sync + 'static {
    /// The type of the storage version.
    type Object: Object;

    /// Changes a new object before it is validated.
    fn prepare_for_create(&self, object: &mut Self::Object, context: &Context<'_>) {
        let _ = (object, context);
    }

    /// Changes an object before it is validated and replaces `old`. `context` tells through which subresource.
    fn prepare_for_update(&self, object: &mut Self::Object, old: &Self::Object, context: &Context<'_>) {
        let _ = (object, old, context);
    }

    /// Appends what is wrong with an object beyond its declared rules; on update `old` is the stored one.
    fn validate(&self, object: &Self::Object, old: Option<&Self::Object>, context: &Context<'_>, errors: &mut Errors) {
        let _ = (object, old, context, errors);
    }

    /// What a client is warned of that writes this object.
    fn warnings(&self, object: &Self::Object, old: Option<&Self::Object>) -> Vec<String> {
        let _ = (object, old);
        Vec::new()
    }

    /// For how many seconds an object goes on existing when it is deleted, so that what it stands for can be ended.
    /// Whoever ends it deletes the object once more, with a grace period of 0. `asked` is what the client wants. Without a
    /// period, as by default, the object is gone at once.
    fn grace_period(&self, object: &Self::Object, asked: Option<i64>, context: &Context<'_>) -> Option<i64> {
        let _ = (object, asked, context);
        None
    }

    /// What names of objects look like.
    fn names(&self) -> Names {
        Names::Subdomain
    }

    /// Whether an option of the declared rules is on, such as the feature that `if_enabled("SwapStations", ..)` names.
    fn is_on(&self, option: &str) -> bool {
        let _ = option;
        false
    }

    /// Whether an update of an object that is not there creates it.
    fn allows_create_on_update(&self) -> bool {
        false
    }

    /// Whether an update without a resource version overwrites whatever is there. It is refused otherwise, as it is for
    /// custom resources: whoever writes has to say what they have seen.
    fn allows_unconditional_update(&self) -> bool {
        false
    }
}

/// What names of objects look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// Labels of DNS between dots, up to 253 bytes: `a.example.com`.
    #[default]
    Subdomain,
    /// A label of DNS, up to 63 bytes: `my-name`.
    Label,
    /// Anything that can stand between two slashes.
    PathSegment,
}

/// On whose behalf an object is written.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who asks.
    pub user: &'a User,
    /// Through what the object is written, such as `status`; empty for the object itself.
    pub subresource: &'a str,
}

/// A [`Strategy`] without its type, as the server holds it.
pub trait AnyStrategy: Send + Sync + 'static {
    /// See [`Strategy::prepare_for_create`].
    fn prepare_for_create(&self, object: &mut dyn Object, context: &Context<'_>);
    /// See [`Strategy::prepare_for_update`].
    fn prepare_for_update(&self, object: &mut dyn Object, old: &dyn Object, context: &Context<'_>);
    /// See [`Strategy::validate`].
    fn validate(&self, object: &dyn Object, old: Option<&dyn Object>, context: &Context<'_>, errors: &mut Errors);
    /// See [`Strategy::warnings`].
    fn warnings(&self, object: &dyn Object, old: Option<&dyn Object>) -> Vec<String>;
    /// See [`Strategy::grace_period`].
    fn grace_period(&self, object: &dyn Object, asked: Option<i64>, context: &Context<'_>) -> Option<i64>;
    /// See [`Strategy::names`].
    fn names(&self) -> Names;
    /// See [`Strategy::is_on`].
    fn is_on(&self, option: &str) -> bool;
    /// See [`Strategy::allows_create_on_update`].
    fn allows_create_on_update(&self) -> bool;
    /// See [`Strategy::allows_unconditional_update`].
    fn allows_unconditional_update(&self) -> bool;
}

/// The strategy of kinds for which nobody wrote one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl AnyStrategy for Plain {
    fn prepare_for_create(&self, _: &mut dyn Object, _: &Context<'_>) {}
    fn prepare_for_update(&self, _: &mut dyn Object, _: &dyn Object, _: &Context<'_>) {}
    fn validate(&self, _: &dyn Object, _: Option<&dyn Object>, _: &Context<'_>, _: &mut Errors) {}

    fn warnings(&self, _: &dyn Object, _: Option<&dyn Object>) -> Vec<String> {
        Vec::new()
    }

    fn grace_period(&self, _: &dyn Object, _: Option<i64>, _: &Context<'_>) -> Option<i64> {
        None
    }

    fn names(&self) -> Names {
        Names::Subdomain
    }

    fn is_on(&self, _: &str) -> bool {
        false
    }

    fn allows_create_on_update(&self) -> bool {
        false
    }

    fn allows_unconditional_update(&self) -> bool {
        false
    }
}

impl<S: Strategy> AnyStrategy for S {
    fn prepare_for_create(&self, object: &mut dyn Object, context: &Context<'_>) {
        if let Some(object) = object.downcast_mut::<S::Object>() {
            Strategy::prepare_for_create(self, object, context);
        }
    }

    fn prepare_for_update(&self, object: &mut dyn Object, old: &dyn Object, context: &Context<'_>) {
        if let (Some(object), Some(old)) = (object.downcast_mut::<S::Object>(), old.downcast_ref::<S::Object>()) {
            Strategy::prepare_for_update(self, object, old, context);
        }
    }

    fn validate(&self, object: &dyn Object, old: Option<&dyn Object>, context: &Context<'_>, errors: &mut Errors) {
        if let Some(object) = object.downcast_ref::<S::Object>() {
            let old = old.and_then(|old| old.downcast_ref::<S::Object>());
            Strategy::validate(self, object, old, context, errors);
        }
    }

    fn warnings(&self, object: &dyn Object, old: Option<&dyn Object>) -> Vec<String> {
        match object.downcast_ref::<S::Object>() {
            Some(object) => Strategy::warnings(self, object, old.and_then(|old| old.downcast_ref::<S::Object>())),
            None => Vec::new(),
        }
    }

    fn grace_period(&self, object: &dyn Object, asked: Option<i64>, context: &Context<'_>) -> Option<i64> {
        let object = object.downcast_ref::<S::Object>()?;
        Strategy::grace_period(self, object, asked, context)
    }

    fn names(&self) -> Names {
        Strategy::names(self)
    }

    fn is_on(&self, option: &str) -> bool {
        Strategy::is_on(self, option)
    }

    fn allows_create_on_update(&self) -> bool {
        Strategy::allows_create_on_update(self)
    }

    fn allows_unconditional_update(&self) -> bool {
        Strategy::allows_unconditional_update(self)
    }
}
