# histogram.awk - how many made how many points, as text and as SVG
#
#	awk -v all=POINTS -v name=NAME -v svg=FILE -f histogram.awk TABLE
#
# TABLE has who and points, separated by tabs.

BEGIN { FS = "\t" }

{
	n[int($2)]++
	if (n[int($2)] > most)
		most = n[int($2)]
}

function bar(count,	s) {
	for (; count > 0; count--)
		s = s "#"
	return s
}

END {
	wide = 640
	high = 240
	step = (wide - 60) / (all + 1)
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d" \
	       " %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n" \
	       "<title>%s: how many answers made how many points</title>\n",
		wide, high, name >svg
	for (i = 0; i <= all; i++) {
		printf "%4d %4d %s\n", i, n[i], bar(n[i])
		tall = most ? n[i] / most * (high - 60) : 0
		printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\"" \
		       " height=\"%.1f\" fill=\"#555\"/>\n", 40 + i * step,
			high - 30 - tall, step * 0.8, tall >svg
		if (n[i])
			printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=" \
			       "\"middle\">%d</text>\n", 40 + (i + 0.4) * step,
				high - 34 - tall, n[i] >svg
		if (all <= 30 || i % 5 == 0)
			printf "<text x=\"%.1f\" y=\"%d\" text-anchor=" \
			       "\"middle\">%d</text>\n", 40 + (i + 0.4) * step,
				high - 12, i >svg
	}
	print "</svg>" >svg
}
