// What is said about the map and its buttons.
export const map = {
  zh: {
    name: "地图。方向键移动，加减号缩放，回车键查看十字处的要素。",
    loading: "正在绘制地图……",
    failed: "地图样式取不到，暂时画不出地图。",
    no_webgl: "此浏览器画不出地图：它需要 WebGL。图层与说明仍可阅读。",
    zoom_in: "放大",
    zoom_out: "缩小",
    zoom_district: "回到全区",
    controls: "地图控件",
  },
  en: {
    name: "Map. Arrow keys move it, plus and minus zoom, Enter shows what is at the cross.",
    loading: "Drawing the map…",
    failed: "The map's style is not available, so the map cannot be drawn for now.",
    no_webgl:
      "This browser cannot draw the map: it needs WebGL. The layers and their notes can still be read.",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    zoom_district: "Whole district",
    controls: "Map controls",
  },
} as const;
