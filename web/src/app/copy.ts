// Puts a text where it can be pasted from.

/** Whether it is there now. Browsers give their clipboard to secure pages only; others are asked the
 * old way, by a selection. */
export async function copy(text: string, shown: HTMLElement): Promise<boolean> {
  if (navigator.clipboard) {
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (done) return true;
  }
  getSelection()?.selectAllChildren(shown);
  return document.execCommand("copy");
}
