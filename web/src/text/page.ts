// What is said about the page as a whole.
export const page = {
  zh: {
    title: "土壤污染源头防控“一张图”",
    skip_to_map: "跳到地图",
    to_map: "回到地图",
    language: "语言",
    demonstration: "演示数据",
    demonstration_why: "可见图层中有演示数据：由程序生成或改编，不反映真实情况。",
    audience_department: "部门版",
    wear_light: "换成浅色",
    wear_dark: "换成深色",
    try_again: "重试",
    unreachable: "连不上服务器。请检查网络，或稍后再试。",
    refused: "服务器没有完成请求（{status}）。",
    malformed: "服务器的回答看不懂。请稍后再试。",
  },
  en: {
    title: "Soil pollution prevention at source: the one map",
    skip_to_map: "Skip to the map",
    to_map: "Back to the map",
    language: "Language",
    demonstration: "Demonstration data",
    demonstration_why:
      "Some visible layers hold demonstration data: generated or adapted, not the real situation.",
    audience_department: "Department edition",
    wear_light: "Light colours",
    wear_dark: "Dark colours",
    try_again: "Try again",
    unreachable: "The server cannot be reached. Check the network, or try again later.",
    refused: "The server did not complete the request ({status}).",
    malformed: "The server's answer could not be read. Try again later.",
  },
} as const;
