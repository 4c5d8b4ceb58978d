// What is said about the card of what was clicked.
export const card = {
  zh: {
    title: "要素详情",
    loading: "正在读取……",
    failed: "未能读取这条记录。",
    gone: "这条记录已不存在。",
    close: "关闭",
    back: "此处共 {n} 项",
    attributes: "属性",
    schema_failed: "字段的名称和代码含义暂时取不到，以下是数据中的原样。",
    no_attributes: "没有可公开的属性。",
    provenance: "来源与质量",
    choose: "此处有 {n} 项，请选择一项",
    nothing: "此处没有可见的记录。没有记录不等于没有风险。",
  },
  en: {
    title: "Details",
    loading: "Reading…",
    failed: "This record could not be read.",
    gone: "This record no longer exists.",
    close: "Close",
    back: "All {n} found here",
    attributes: "Attributes",
    schema_failed:
      "Field names and code meanings are not available right now; values are shown as stored.",
    no_attributes: "No attributes are public.",
    provenance: "Source and quality",
    choose: "{n} records here: choose one",
    nothing: "No visible record here. No record does not mean no risk.",
  },
} as const;
