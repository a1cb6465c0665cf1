/** Light or dark: as was chosen on the pages of the docs, or else as the system says. */

/** Where VitePress keeps what was chosen: `auto`, `light` or `dark`. */
const KEY = 'vitepress-theme-appearance';

export function followAppearance(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const follow = (): void => {
    const chosen = chosenAppearance();
    const isDark = chosen === 'dark' || (chosen !== 'light' && system.matches);
    document.documentElement.classList.toggle('is-dark', isDark);
  };
  system.addEventListener('change', follow);
  window.addEventListener('storage', follow);
  follow();
}

function chosenAppearance(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden.
    return null;
  }
}
