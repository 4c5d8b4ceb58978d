// What is said about whose map and whose data it is.
export const attribution = {
  zh: {
    review: "审图号：{number}",
    not_reviewed: "地图未经审核",
    published_by: "发布：{publisher}",
    contact: "联系：{contact}",
    data: "数据：{attribution}",
  },
  en: {
    review: "Map review no. {number}",
    not_reviewed: "Map not reviewed",
    published_by: "Published by {publisher}",
    contact: "Contact: {contact}",
    data: "Data: {attribution}",
  },
} as const;
