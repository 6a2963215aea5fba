# histogram.awk - how many made how many points, as text and as SVG
#
#	awk -v all=POINTS -v name=NAME -v svg=FILE -f histogram.awk TABLE
#
# TABLE has who and points, separated by tabs.

BEGIN { FS = "\t" }

{
	n[int($2)]++
	people++
	if (n[int($2)] > most)
		most = n[int($2)]
}

# A bar of at most 50 signs; whoever is there is seen.
function bar(count,	s, k) {
	k = most > 50 ? int((count * 50 + most - 1) / most) : count
	while (k-- > 0)
		s = s "#"
	return s
}

function text(x, y, anchor, what) {
	printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
		x, y, anchor, what >svg
}

function box(x, y, wide, tall, fill) {
	printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"" \
	       " fill=\"%s\"/>\n", x, y, wide, tall, fill >svg
}

# 1, 2 or 5, and tens of them: about five lines across.
function step_of(most,	step) {
	for (step = 1; most / step > 6; step *= 10) {
		if (most / (step * 2) <= 6)
			return step * 2
		if (most / (step * 5) <= 6)
			return step * 5
	}
	return step
}

function draw(	i, y, tall, step, every) {
	wide = 640
	high = 280
	left = 44
	base = high - 44
	room = base - 40
	step = (wide - left - 12) / (all + 1)
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d" \
	       " %d\" role=\"img\" font-family=\"Linux Libertine O, serif\"" \
	       " font-size=\"13\" fill=\"#222\">\n" \
	       "<title>%s: how many answers made how many points</title>\n",
		wide, high, name >svg
	box(0, 0, wide, high, "#fff")
	text(wide / 2, 18, "middle",
	     sprintf("%s: %d answers", name, people))
	every = step_of(most)
	for (i = 0; i <= most; i += every) {
		y = base - (most ? i / most * room : 0)
		box(left, y - 0.3, wide - left - 12, i ? 0.6 : 1,
		    i ? "#ccc" : "#222")
		text(left - 6, y + 4, "end", i)
	}
	every = all > 25 ? 5 : 1
	for (i = 0; i <= all; i++) {
		tall = most ? n[i] / most * room : 0
		box(left + (i + 0.12) * step, base - tall, step * 0.76, tall,
		    "#46637f")
		if (i % every == 0)
			text(left + (i + 0.5) * step, base + 16, "middle", i)
	}
	text(left + (wide - left - 12) / 2, high - 10, "middle",
	     sprintf("points, of %d", all))
	print "</svg>" >svg
}

END {
	print "POINTS  ANSWERS"
	for (i = all; i >= 0; i--)
		printf "%6d %8d %s\n", i, n[i], bar(n[i])
	draw()
}
