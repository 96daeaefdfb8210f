//! The macro that makes serde's traits of ours.

/// Implements `Serialize` and `Deserialize` for a type that implements the traits of [`codec`](crate::codec).
///
/// `struct T from P` and `kind T from P` read the parts `P` and assemble them by `P::assemble(self) -> Result<T, Invalid>`.
#[macro_export]
macro_rules! impl_serde {
    (struct $ty:ident) => {
        $crate::impl_serde!(@encode $ty, ::core::option::Option::None);
        $crate::impl_serde!(@decode $ty, |deserializer| {
            $crate::codec::decode(deserializer, stringify!($ty), ::core::option::Option::None)
        });
    };
    (struct $ty:ident from $parts:ident) => {
        $crate::impl_serde!(@encode $ty, ::core::option::Option::None);
        $crate::impl_serde!(@decode $ty, |deserializer| {
            let header = ::core::option::Option::None;
            let parts: $parts = $crate::codec::decode(deserializer, stringify!($ty), header)?;
            parts.assemble().map_err($crate::serde::de::Error::custom)
        });
    };
    (kind $ty:ident) => {
        $crate::impl_serde!(@encode $ty, ::core::option::Option::Some($crate::codec::Header::of::<$ty>()));
        $crate::impl_serde!(@decode $ty, |deserializer| {
            let header = ::core::option::Option::Some($crate::codec::Header::of::<$ty>());
            $crate::codec::decode(deserializer, stringify!($ty), header)
        });
    };
    (kind $ty:ident from $parts:ident) => {
        $crate::impl_serde!(@encode $ty, ::core::option::Option::Some($crate::codec::Header::of::<$ty>()));
        $crate::impl_serde!(@decode $ty, |deserializer| {
            let header = ::core::option::Option::Some($crate::codec::Header::of::<$ty>());
            let parts: $parts = $crate::codec::decode(deserializer, stringify!($ty), header)?;
            parts.assemble().map_err($crate::serde::de::Error::custom)
        });
    };
    (enum $ty:ident) => {
        $crate::impl_serde!(@serialize $ty, |value, serializer| $crate::codec::encode_enum(value, serializer));
        $crate::impl_serde!(@decode $ty, |deserializer| $crate::codec::decode_enum(deserializer, stringify!($ty)));
    };
    (union $ty:ident) => {
        $crate::impl_serde!(@encode $ty, ::core::option::Option::None);
        $crate::impl_serde!(@decode $ty, |deserializer| $crate::codec::decode_union(deserializer, stringify!($ty)));
    };
    (newtype $ty:ident) => {
        $crate::impl_serde!(@serialize $ty, |value, serializer| {
            $crate::serde::Serialize::serialize(&value.0, serializer)
        });
        $crate::impl_serde!(@decode $ty, |deserializer| {
            $crate::serde::Deserialize::deserialize(deserializer).map(Self)
        });
    };
    (@encode $ty:ident, $header:expr) => {
        $crate::impl_serde!(@serialize $ty, |value, serializer| $crate::codec::encode(value, serializer, $header));
    };
    (@serialize $ty:ident, |$value:ident, $serializer:ident| $body:expr) => {
        #[automatically_derived]
        impl $crate::serde::Serialize for $ty {
            fn serialize<S>(&self, $serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                let $value = self;
                $body
            }
        }
    };
    (@decode $ty:ident, |$deserializer:ident| $body:expr) => {
        #[automatically_derived]
        impl<'de> $crate::serde::Deserialize<'de> for $ty {
            fn deserialize<D>($deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::serde::Deserializer<'de>,
            {
                $body
            }
        }
    };
}
