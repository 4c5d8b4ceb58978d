// What is said about the names of what is known of a layer or a record.
export const facts = {
  zh: {
    precision: "位置精度",
    valid: "有效时间",
    publisher: "发布单位",
    source: "资料来源",
    licence: "许可",
    updated: "更新",
    data_kind: "数据性质",
    generalised_note: "为保护敏感信息，公开的位置已概化，不是原始位置。",
    generalised_by:
      "为保护敏感信息，公开的是概化后的位置：真实位置在它周围约 {n} 米之内（地图上虚线圈内）。",
  },
  en: {
    precision: "Positional accuracy",
    valid: "Valid period",
    publisher: "Publisher",
    source: "Source",
    licence: "Licence",
    updated: "Updated",
    data_kind: "Kind of data",
    generalised_note:
      "To protect sensitive records, the published position is generalised; it is not the original one.",
    generalised_by:
      "To protect sensitive records, a generalised position is published: the true one lies within about {n} m of it (the dashed circle on the map).",
  },
} as const;
