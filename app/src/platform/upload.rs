//! Pictures on their way to the server: made smaller where they need it, then sent.

use js_sys::Promise;
use shared::protocol::{api::UploadedImage, limits::IMAGE_BYTES_MAX};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use super::{browser::window, http::answer};

/// The types that the server takes.
const TYPES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/// The longer side of a picture that is made smaller, in pixels.
const SIDE_MAX: f64 = 2_400.0;
/// How good it looks then, of 1.
const QUALITY: f64 = 0.85;

/// Sends a picture to a canvas.
///
/// # Errors
/// What to tell the person.
pub(crate) async fn send(document: &str, file: &File) -> Result<UploadedImage, String> {
    // The server looks into the file itself; this only says it sooner.
    if !TYPES.contains(&file.type_().as_str()) {
        return Err(
            "Pictures may be PNG, JPEG, GIF or WebP; SVG and other files are not taken.".into(),
        );
    }
    let blob: Blob = if file.type_() == "image/jpeg" || file.size() > IMAGE_BYTES_MAX as f64 {
        // A photo says where it was taken: what is drawn anew does not.
        redrawn(file).await.unwrap_or_else(|| file.clone().into())
    } else {
        file.clone().into()
    };
    let request = gloo_net::http::Request::post(&format!("/api/canvases/{document}/images"))
        .body(blob)
        .map_err(|_| "This picture cannot be read.".to_owned())?;
    answer(request).await
}

/// Sends a picture of another canvas, in which the person takes part, to this one.
///
/// # Errors
/// What to tell the person.
pub(crate) async fn bring(from: &str, hash: &str, document: &str) -> Result<UploadedImage, String> {
    let path = format!("/api/canvases/{from}/images/{hash}");
    let found = gloo_net::http::Request::get(&path).send().await;
    let bytes = match found.ok().filter(gloo_net::http::Response::ok) {
        Some(response) => response.binary().await.ok(),
        None => None,
    };
    let missing = || {
        "A picture could not be brought along: this browser is no longer in the workshop \
         it comes from. Please add it from a file."
            .to_owned()
    };
    let body = js_sys::Uint8Array::from(bytes.ok_or_else(missing)?.as_slice());
    let request = gloo_net::http::Request::post(&format!("/api/canvases/{document}/images"))
        .body(body)
        .map_err(|_| missing())?;
    answer(request).await
}

/// The same picture without anything but its pixels, no larger than it need be. `None`
/// where the browser cannot read it: the server says what is wrong.
async fn redrawn(file: &File) -> Option<Blob> {
    let promise = window().create_image_bitmap_with_blob(file).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (SIDE_MAX / width.max(height)).min(1.0);
    let canvas: HtmlCanvasElement = window()
        .document()?
        .create_element("canvas")
        .ok()?
        .dyn_into()
        .ok()?;
    canvas.set_width((width * scale).round() as u32);
    canvas.set_height((height * scale).round() as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)
        .ok()?;
    let is_jpeg = file.type_() == "image/jpeg";
    let as_type = if is_jpeg { "image/jpeg" } else { "image/webp" };
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
