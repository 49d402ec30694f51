/** Tests of reports. */
@NullMarked
package io.exai.server.spending.report;

import org.jspecify.annotations.NullMarked;
