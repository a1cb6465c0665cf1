/** Draws the pictures of a page from their Mermaid source, in the colours of the page. */

import type * as Mermaid from 'mermaid';
import { withBase } from 'vitepress';

/** Where the build puts what draws. Without a build, pictures stay as they are written. */
const MODULE = withBase('/mermaid/mermaid.esm.min.mjs');

/** Where the drawn pictures keep what they were drawn from. */
const sources = new WeakMap<Element, string>();

let isWatching = false;
let drawn = 0;

/** Draws all that are there. What draws them is loaded with the first. */
export async function draw(): Promise<void> {
  const figures = [...document.querySelectorAll('figure.mermaid')];
  if (figures.length === 0) return;
  watch();
  const { default: mermaid } = (await import(/* @vite-ignore */ MODULE)) as typeof Mermaid;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: isDark() ? 'dark' : 'neutral',
    fontFamily: 'inherit',
  });
  for (const figure of figures) {
    const source = sources.get(figure) ?? figure.textContent;
    sources.set(figure, source);
    const { svg } = await mermaid.render(`picture-${++drawn}`, source);
    figure.innerHTML = svg;
  }
}

/** Draws them anew where the page turns light or dark. */
function watch(): void {
  if (isWatching) return;
  isWatching = true;
  let wasDark = isDark();
  const observer = new MutationObserver(() => {
    if (isDark() === wasDark) return;
    wasDark = isDark();
    void draw();
  });
  observer.observe(document.documentElement, { attributeFilter: ['class'] });
}

function isDark(): boolean {
  return document.documentElement.classList.contains('dark');
}
