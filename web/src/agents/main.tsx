import { render } from 'preact';
import '../style/base.css';

render(<main>Agents</main>, document.getElementById('app') as HTMLElement);
