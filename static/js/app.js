/** The page's scripts. Each is an improvement: every page works without them. */
import './theme.js';
import './toasts.js';
import './keys.js';
import './palette.js';
import './notices.js';
import './drafts.js';
import './autosave.js';
import './steps.js';
import './grid.js';
import './opening.js';
import './files.js';
import './parts.js';
import './choose.js';
