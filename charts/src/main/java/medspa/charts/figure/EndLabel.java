package medspa.charts.figure;

import java.awt.Color;
import java.awt.Font;

/**
 * A text right of a plot that names what is at a value.
 *
 * @param value on the plot's range axis
 */
public record EndLabel(double value, String text, Font font, Color color) {}
