//! How views become what templates read: one conversion for all of them, so that no field can be forgotten.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use tera::Value;

/// Declares views: each struct, and its conversion into a template's map of fields.
macro_rules! view {
    ($($(#[$about:meta])* pub struct $name:ident { $($(#[$what:meta])* pub $field:ident: $kind:ty,)* })+) => {$(
        $(#[$about])*
        #[derive(Debug, Clone)]
        #[allow(missing_docs, reason = "fields without a comment are plain words")]
        pub struct $name { $($(#[$what])* pub $field: $kind,)* }

        impl From<$name> for tera::Value {
            fn from(view: $name) -> Self {
                let $name { $($field),* } = view;
                crate::view::value::map([$((stringify!($field), $field.into())),*])
            }
        }
    )+};
}
pub(crate) use view;

/// A template's map of named values.
pub(crate) fn map<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    // Tera makes its own map of whatever map it is given.
    Value::from(BTreeMap::from(fields))
}

/// A view that many pages show, converted once and then shared between them.
pub struct Shared<T>(Value, PhantomData<fn() -> T>);

impl<T: Into<Value>> From<T> for Shared<T> {
    fn from(view: T) -> Self {
        Self(view.into(), PhantomData)
    }
}

impl<T> From<Shared<T>> for Value {
    fn from(shared: Shared<T>) -> Self {
        shared.0
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<T> std::fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
