// Every page loads this. One behaviour a file; each looks for its own attribute and leaves if there is none.
import "./theme.js";
import "./offline.js";
import "./once.js";
import "./counter.js";
import "./dialog.js";
import "./menu.js";
import "./photo.js";
import "./grow.js";
import "./share.js";
import "./focus.js";
import "./leaving.js";
