//! How the messages of a call become bytes: as in tonic, but with little memory.

use std::marker::PhantomData;

use prost::Message;
use tonic::codec::{BufferSettings, Codec};
use tonic_prost::{ProstCodec, ProstDecoder, ProstEncoder};

/// How many bytes a call begins with in each direction. Objects are as large as that; tonic would take 8 KiB.
const BUFFER: usize = 1024;
/// How many bytes of a stream are written together, as in tonic.
const TOGETHER: usize = 32 * 1024;

/// Requests `Q` and answers `A` in the protocol buffers' encoding.
pub(super) struct Frugal<Q, A>(PhantomData<(Q, A)>);

impl<Q, A> Default for Frugal<Q, A> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<Q, A> Codec for Frugal<Q, A>
where
    Q: Message + Send + 'static,
    A: Message + Default + Send + 'static,
{
    type Encode = Q;
    type Decode = A;
    type Encoder = ProstEncoder<Q>;
    type Decoder = ProstDecoder<A>;

    fn encoder(&mut self) -> Self::Encoder {
        ProstCodec::<Q, A>::raw_encoder(BufferSettings::new(BUFFER, TOGETHER))
    }

    fn decoder(&mut self) -> Self::Decoder {
        ProstCodec::<Q, A>::raw_decoder(BufferSettings::new(BUFFER, TOGETHER))
    }
}
