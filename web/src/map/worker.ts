// MapLibre's worker. A browser starts a worker from the page's own origin only, and where the page
// has a Content-Security-Policy, what a worker imports is judged by it in ways that differ between
// browsers. So on a page of another origin the worker's code is fetched and started from a blob: that
// needs `connect-src` of the server and `worker-src blob:`, everywhere the same.
import { setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

const address = new URL(workerUrl, location.href);
let blob: Promise<string> | null = null;

/** Makes the worker ready to be started here. Without it, it is only on a page of its own origin. */
export async function prepareWorker(): Promise<void> {
  if (address.origin === location.origin) return;
  blob ??= copy();
  blob.catch(() => {
    blob = null;
  });
  setWorkerUrl(await blob);
}

async function copy(): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new TypeError(`the worker: ${response.status}`);
  const code = await response.text();
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}

setWorkerUrl(address.href);
