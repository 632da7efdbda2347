import { render } from 'preact';
import '../style/base.css';

render(<main>List</main>, document.getElementById('app') as HTMLElement);
