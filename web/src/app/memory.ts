// What this browser remembers of a reader: how the page is worn, and what need not be said again.

const PREFIX = "onemap.";

/** What was remembered; null: nothing, or the browser does not let the page remember. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Then the reader will have to say it again.
  }
}
