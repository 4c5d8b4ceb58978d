// The address of /embed as attributes of the element.

/** Parameters that are attributes by the same name. */
const SAME = ["layers", "bbox", "controls", "datum", "time", "feature", "theme", "lang"];

/** `?layers=a,b&map=zoom/lat/lon&…` as attributes; what it does not say is left out. */
export function attributesOf(search: string): [string, string][] {
  const said = new URLSearchParams(search);
  const attributes = SAME.flatMap((name): [string, string][] => {
    const value = said.get(name);
    return value === null ? [] : [[name, value]];
  });
  const [zoom, lat, lon] = (said.get("map") ?? "").split("/");
  if (zoom && lat && lon) attributes.push(["center", `${lon},${lat}`], ["zoom", zoom]);
  return attributes;
}
