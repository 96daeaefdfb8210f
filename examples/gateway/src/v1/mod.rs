//! Version v1 of Gateway API, the version that is stored.

pub mod filter;
pub mod gateway;
pub mod gateway_class;
pub mod grpc_route;
pub mod http_filter;
pub mod http_match;
pub mod http_route;
pub mod listener;
pub mod names;
pub mod reference;
pub mod route;
pub mod tls;

pub use filter::{Fraction, HttpHeader, HttpHeaderFilter, HttpRequestMirrorFilter};
pub use gateway::{
    AllowedListeners, FromListenerNamespaces, Gateway, GatewayInfrastructure, GatewaySpec, GatewaySpecAddress,
    GatewayStatus, GatewayStatusAddress, ListenerNamespaces,
};
pub use gateway_class::{GatewayClass, GatewayClassSpec, GatewayClassStatus, SupportedFeature};
pub use grpc_route::{
    GrpcBackendRef, GrpcHeaderMatch, GrpcMethodMatch, GrpcMethodMatchType, GrpcRoute, GrpcRouteFilter,
    GrpcRouteFilterType, GrpcRouteMatch, GrpcRouteRule, GrpcRouteSpec,
};
pub use http_filter::{
    HttpCorsFilter, HttpMethodWithWildcard, HttpPathModifier, HttpPathModifierType, HttpRequestRedirectFilter,
    HttpRouteFilter, HttpRouteFilterType, HttpScheme, HttpUrlRewriteFilter,
};
pub use http_match::{
    HeaderMatchType, HttpHeaderMatch, HttpMethod, HttpPathMatch, HttpQueryParamMatch, HttpRouteMatch, PathMatchType,
    QueryParamMatchType,
};
pub use http_route::{HttpBackendRef, HttpRoute, HttpRouteRule, HttpRouteSpec, HttpRouteTimeouts};
pub use listener::{AllowedRoutes, FromNamespaces, Listener, ListenerStatus, RouteGroupKind, RouteNamespaces};
pub use names::{
    AddressType, AnnotationValue, CorsOrigin, Duration, GatewayController, Group, HeaderName, Hostname, Kind,
    LabelValue, Namespace, ObjectName, PortNumber, PreciseHostname, ProtocolType, SectionName,
};
pub use reference::{
    BackendObjectReference, BackendRef, LocalObjectReference, LocalParametersReference, ObjectReference,
    ParametersReference, ParentReference, SecretObjectReference,
};
pub use route::{CommonRouteSpec, RouteParentStatus, RouteStatus};
pub use tls::{
    FrontendTlsConfig, FrontendTlsValidation, FrontendValidationMode, GatewayBackendTls, GatewayTlsConfig,
    ListenerTlsConfig, TlsConfig, TlsModeType, TlsPortConfig,
};

kgen::version! { group = "gateway.networking.k8s.io", version = "v1", storage }
