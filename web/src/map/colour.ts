// Colours as the eye orders them: CSS colours to lightness, chroma and hue (OKLCH, Björn Ottosson,
// "A perceptual color space for image processing", 2020) and back; contrast as WCAG 2.2 measures it.

/** Lightness 0–1, chroma, hue in radians, opacity 0–1. */
export interface Colour {
  l: number;
  c: number;
  h: number;
  alpha: number;
}

type Triple = readonly [number, number, number];

/** Reads the forms that styles may use (docs/styles.md); null: not a colour. */
export function readColour(text: string): Colour | null {
  const parts = readHex(text) ?? readFunction(text);
  if (!parts) return null;
  const [rgb, alpha] = parts;
  return { ...toLch(rgb), alpha };
}

/** As `#rrggbb` or `#rrggbbaa`; a colour beyond the screen's gets paler until it fits. */
export function writeColour({ l, c, h, alpha }: Colour): string {
  let chroma = c;
  let rgb = toRgb(l, chroma, h);
  for (let i = 0; i < 24 && !rgb.every((x) => x > -0.001 && x < 1.001); i += 1) {
    chroma *= 0.9;
    rgb = toRgb(l, chroma, h);
  }
  const parts = alpha < 1 ? [...rgb, alpha] : rgb;
  const hex = parts.map((x) =>
    Math.round(Math.min(1, Math.max(0, x)) * 255)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}

/** WCAG 2.2 contrast of two opaque colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(text: string): number {
  const [rgb] = readHex(text) ?? readFunction(text) ?? [[0, 0, 0] as Triple];
  const [r, g, b] = rgb.map(linear) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function readHex(text: string): [Triple, number] | null {
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1];
  if (!digits) return null;
  const long = digits.length < 6 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const [r = 0, g = 0, b = 0, alpha = 1] = (long.match(/../g) ?? []).map(
    (pair) => Number.parseInt(pair, 16) / 255,
  );
  return [[r, g, b], alpha];
}

function readFunction(text: string): [Triple, number] | null {
  const [, name, inner = ""] = /^(rgb|hsl)a?\(([^()]*)\)$/i.exec(text.trim()) ?? [];
  const parts = inner.split(/[\s,/]+/).filter((part) => part !== "");
  if (!name || parts.length < 3) return null;
  const share = (part: string, whole: number) =>
    Number.parseFloat(part) / (part.endsWith("%") ? 100 : whole);
  const [x = "", y = "", z = "", opacity = "1"] = parts;
  const alpha = share(opacity, 1);
  const rgb: Triple =
    name.toLowerCase() === "rgb"
      ? [share(x, 255), share(y, 255), share(z, 255)]
      : hsl(Number.parseFloat(x), share(y, 100), share(z, 100));
  return [...rgb, alpha].some(Number.isNaN) ? null : [rgb, alpha];
}

/** Hue in degrees, the others 0–1; CSS Color 4, § 7. */
function hsl(hue: number, saturation: number, light: number): Triple {
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const a = saturation * Math.min(light, 1 - light);
    return light - a * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return [channel(0), channel(8), channel(4)];
}

function linear(x: number): number {
  return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
}

function gamma(x: number): number {
  return x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055;
}

function toLch(rgb: Triple): Omit<Colour, "alpha"> {
  const [r, g, b] = rgb.map(linear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: Math.atan2(bb, a),
  };
}

function toRgb(light: number, chroma: number, hue: number): Triple {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
