// What is said about sharing what the map shows.
export const share = {
  zh: {
    link: "复制此页链接",
    copied: "链接已复制",
    failed: "未能复制，请从地址栏复制",
  },
  en: {
    link: "Copy a link to this view",
    copied: "Link copied",
    failed: "Could not be copied; copy it from the address bar",
  },
} as const;
