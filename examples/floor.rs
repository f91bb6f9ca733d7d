//! The floor under any SOAP server in this language: hyper with a fixed answer and nothing else, to be measured beside asmxd.
//!
//! With `--drain` it reads the request's body to the end before it answers, as every SOAP server must. It listens on a loopback address
//! only, and knows neither XML nor a store.

use clap::Parser;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use tokio::net::TcpListener;

/// As long as asmxd's answer to a read of five properties.
const ANSWER: &str = include_str!("../benches/requests/answer.xml");

/// Answers every request alike.
#[derive(Parser)]
struct Options {
    /// The port of 127.0.0.1 to listen on
    #[arg(long)]
    port: u16,
    /// Reads the body before answering
    #[arg(long)]
    drain: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match serve(&Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("floor: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: &Options) -> std::io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let drain = options.drain;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let service = service_fn(move |request| answer(request, drain));
        tokio::spawn(async move { drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await) });
    }
}

async fn answer(request: Request<Incoming>, drain: bool) -> Result<Response<Full<Bytes>>, hyper::Error> {
    if drain {
        request.into_body().collect().await?;
    }
    let mut response = Response::new(Full::new(Bytes::from_static(ANSWER.as_bytes())));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    Ok(response)
}
