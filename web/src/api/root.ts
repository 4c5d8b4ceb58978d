// Where the server is whose files these are: every file of the pages lies in `app/assets/` below it,
// whatever prefix a proxy puts before that.
const here = import.meta.url;

/** The server's address, with a slash at its end. */
export const serverRoot = import.meta.env.DEV
  ? new URL("/", here).href
  : new URL("../../", here).href;
