import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root to show the pane in.');
createRoot(place).render(<App />);
