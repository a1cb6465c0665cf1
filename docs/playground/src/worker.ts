/** Lints apart from the page, so that typing waits for nothing. */

import { lint } from './lint.ts';
import type { Answer, Request } from './protocol.ts';

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  void lint(data.state).then((outcome) => {
    const answer: Answer = { id: data.id, outcome };
    self.postMessage(answer);
  });
});
