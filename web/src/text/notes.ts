// What is said about sentences at the edge of the page.
export const notes = {
  zh: {
    close: "关闭提示",
    layer_unknown: "链接里的图层“{layer}”不在这张图上，已略过。",
  },
  en: {
    close: "Dismiss",
    layer_unknown: "The layer “{layer}” in the link is not on this map and was left out.",
  },
} as const;
