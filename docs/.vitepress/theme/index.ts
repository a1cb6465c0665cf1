/** The theme of VitePress, with pictures that are drawn where they are shown. */

import { onContentUpdated, type Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import { defineComponent, h } from 'vue';

import { draw } from './pictures.ts';
import './style.css';

export default {
  extends: DefaultTheme,
  Layout: defineComponent({
    setup() {
      onContentUpdated(() => void draw());
      return () => h(DefaultTheme.Layout);
    },
  }),
} satisfies Theme;
