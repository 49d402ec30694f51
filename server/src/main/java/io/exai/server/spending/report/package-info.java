/** What was spent and what could be saved, as text for people and as JSON. */
@NullMarked
package io.exai.server.spending.report;

import org.jspecify.annotations.NullMarked;
