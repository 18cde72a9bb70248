//! Pictures on their way to the server: made smaller where they need it, then sent.

use client::{
    pictures::{Preparation, drawn_size, drawn_type, prepare},
    words,
};
use js_sys::Promise;
use shared::{
    geometry::Size,
    protocol::api::UploadedImage,
    text::{self, Phrase},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use super::{browser::window, http::answer};

/// How good it looks then, of 1.
const QUALITY: f64 = 0.85;

/// Sends a picture of somebody to a canvas.
///
/// # Errors
/// What to tell the person.
pub(crate) async fn send(
    document: &str,
    person: &str,
    file: &File,
) -> Result<UploadedImage, Phrase> {
    let blob: Blob =
        match prepare(&file.type_(), file.size()).map_err(|why| words::refused(&why))? {
            Preparation::DrawnAnew => redrawn(file).await.unwrap_or_else(|| file.clone().into()),
            Preparation::AsIs => file.clone().into(),
        };
    let request =
        gloo_net::http::Request::post(&format!("/api/canvases/{document}/images?as={person}"))
            .body(blob)
            .map_err(|_| text::PICTURE_UNREADABLE)?;
    answer(request).await
}

/// Sends a picture of another canvas, in which the person takes part, to this one.
///
/// # Errors
/// What to tell the person.
pub(crate) async fn bring(
    from: &str,
    hash: &str,
    document: &str,
    person: &str,
) -> Result<UploadedImage, Phrase> {
    let path = format!("/api/canvases/{from}/images/{hash}");
    let found = gloo_net::http::Request::get(&path).send().await;
    let bytes = match found.ok().filter(gloo_net::http::Response::ok) {
        Some(response) => response.binary().await.ok(),
        None => None,
    };
    let missing = || Phrase::from(text::PICTURE_NOT_BROUGHT);
    let body = js_sys::Uint8Array::from(bytes.ok_or_else(missing)?.as_slice());
    let request =
        gloo_net::http::Request::post(&format!("/api/canvases/{document}/images?as={person}"))
            .body(body)
            .map_err(|_| missing())?;
    answer(request).await
}

/// The same picture without anything but its pixels, no larger than it need be. `None`
/// where the browser cannot read it: the server says what is wrong.
async fn redrawn(file: &File) -> Option<Blob> {
    let promise = window().create_image_bitmap_with_blob(file).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let size = drawn_size(Size::new(bitmap.width().into(), bitmap.height().into()));
    let canvas: HtmlCanvasElement = window()
        .document()?
        .create_element("canvas")
        .ok()?
        .dyn_into()
        .ok()?;
    canvas.set_width(size.width as u32);
    canvas.set_height(size.height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, size.width, size.height)
        .ok()?;
    let as_type = drawn_type(&file.type_());
    let drawn = Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        let quality = JsValue::from_f64(QUALITY);
        let _ =
            canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), as_type, &quality);
    });
    JsFuture::from(drawn).await.ok()?.dyn_into().ok()
}
