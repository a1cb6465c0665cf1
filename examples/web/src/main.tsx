import { createRoot } from 'react-dom/client';
import { IntercomProvider } from 'react-use-intercom';

import { App } from './App';

const root = document.getElementById('root');

// It boots at once, for visitors. Whoever signs in is told of by an update.
if (root !== null) {
  createRoot(root).render(
    <IntercomProvider appId="abc12345" autoBoot>
      <App user={{ id: 'u1', email: 'ann@example.com', name: 'Ann' }} />
    </IntercomProvider>,
  );
}
