// Elements from values. Text becomes text nodes and attributes are set as attributes, so that
// nothing that comes from data is ever read as markup.

type Child = Node | string | null | false | undefined;
type Attributes = Readonly<Record<string, string | boolean | null | EventListener | undefined>>;

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. A function-valued `onclick` listens; true, false and null set or leave out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return dress(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

function dress<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

const ICONS = {
  close: "M5 5l10 10M15 5L5 15",
  back: "M12 4l-6 6 6 6",
  layers: "M10 3l7 4-7 4-7-4zM3.5 10.5L10 14l6.500-3.500M3.500 13.500L10 17l6.500-3.500",
  lock: "M6 9V7a4 4 0 0 1 8 0v2M5 9h10v7H5z",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  extent: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
} as const;

/** A drawing that says nothing to those who hear the page: its button does. */
export function icon(name: keyof typeof ICONS): SVGSVGElement {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: ICONS[name] }),
  );
}

/** Rebuilds a part of the page; what had the focus keeps it, by its `data-key`. */
export function rebuild(container: HTMLElement, ...children: Child[]): void {
  const focused = document.activeElement;
  const key =
    focused instanceof HTMLElement && container.contains(focused) ? focused.dataset.key : undefined;
  const { scrollTop } = container;
  container.replaceChildren(
    ...children.filter((child) => child instanceof Node || !!child).map(node),
  );
  container.scrollTop = scrollTop;
  if (key === undefined) return;
  for (const element of container.querySelectorAll<HTMLElement>("[data-key]")) {
    if (element.dataset.key === key) element.focus({ preventScroll: true });
  }
}

function node(child: Child): Node | string {
  return child || "";
}
