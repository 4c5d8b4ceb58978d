// What the search box says.
export const search = {
  zh: {
    label: "搜索地点、地块或坐标",
    placeholder: "搜索：街道、地块编号、名称、坐标",
    clear: "清空",
    waiting: "正在查找……",
    failed: "暂时无法查找。",
    none: "没有找到“{q}”。可试街道名、拼音（chaoyang、cy）、地块编号，或坐标：116.46, 39.92",
    results: "{n} 个结果",
    coordinate: "坐标",
  },
  en: {
    label: "Search for a place, a parcel or a coordinate",
    placeholder: "Sub-district, parcel, place…",
    clear: "Clear",
    waiting: "Searching…",
    failed: "Search is not available for now.",
    none: "Nothing found for “{q}”. Try a sub-district, pinyin (chaoyang, cy), a parcel number, or a coordinate: 116.46, 39.92",
    results: "{n} results",
    coordinate: "Coordinate",
  },
} as const;
