/**
 * Draws the picture of a finding for the README, from what the command really prints.
 *
 *     npm run picture
 */

import { mkdirSync, writeFileSync } from 'node:fs';

import { drawnFinding } from './picture-svg.ts';

const folder = new URL('../docs/pictures/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('finding.svg', folder), await drawnFinding());
