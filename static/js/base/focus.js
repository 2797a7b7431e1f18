// After a form came back with errors, reading starts at the list of what is missing.
document.querySelector("[data-focus]")?.focus();
