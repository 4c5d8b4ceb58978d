// What went wrong with the server, as a sentence.
import type { ServerError } from "../api/client";
import type { Say } from "../text";

/** The server's own sentence where it gave one. */
export function errorWords(error: ServerError, say: Say): string {
  if (error.kind === "unreachable") return say("page:unreachable");
  if (error.kind === "malformed") return say("page:malformed");
  return error.sentence ?? say("page:refused", { status: error.status ?? "–" });
}
