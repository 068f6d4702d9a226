//! How views become what templates read: one conversion for all of them, so that no field can be forgotten.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};
use tera::Value;

/// Declares views: each struct, and its conversion into a template's map of fields.
macro_rules! view {
    ($($(#[$about:meta])* pub struct $name:ident { $($(#[$what:meta])* pub $field:ident: $kind:ty,)* })+) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, serde::Serialize)]
        #[allow(missing_docs, reason = "fields without a comment are plain words")]
        pub struct $name { $($(#[$what])* pub $field: $kind,)* }

        impl From<$name> for tera::Value {
            fn from(view: $name) -> Self {
                Self::from_serializable(&view)
            }
        }
    )+};
}
pub(crate) use view;

/// A view that many pages show, converted once and then shared between them.
pub struct Shared<T>(Value, PhantomData<fn() -> T>);

impl<T: Into<Value>> From<T> for Shared<T> {
    fn from(view: T) -> Self {
        Self(view.into(), PhantomData)
    }
}

impl<T> From<Shared<T>> for Value {
    fn from(view: Shared<T>) -> Self {
        view.0
    }
}

/// Templates are given the value itself.
impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
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
