import { render } from 'preact';
import '../style/base.css';

render(<main>Room</main>, document.getElementById('app') as HTMLElement);
