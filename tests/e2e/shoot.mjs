import { openBrowser, Visit } from "./browser.mjs";
const [url, shots, ...views] = process.argv.slice(2);
const browser = await openBrowser();
for (const view of views) {
  const [name, hash] = view.split("@");
  const visit = new Visit(browser, url, shots);
  try {
    await visit.open(`/app#${hash}&lang=zh`);
    await visit.idle();
    await visit.shot(name);
  } catch (e) { console.log(name, String(e)); await visit.shot(name + "-fail"); }
  await visit.close();
}
await browser.close();
