# The slow way to try an answer: build what it is part of, put that into the
# Host machine, and boot. The answer runs in QEMU and nowhere else. Sourced by
# grade.
#
# The exercise says in its file "exercise" what is built (builds: pup, module,
# launcher), which Guest goes with it (guest: lesson, a lesson.c for the pup; or
# little, a guest.c with the start of tests/guests), what the machine is to be
# like (machine: -c max) and how many seconds its script boot.sh may take
# (limit). What the script says in lines see|test|asked|value counts. The file
# expect is an awk program that, given the seed, prints what is right.
#
# shellcheck shell=sh disable=SC2154,SC2086

flavour=${HOST:-686}
cross=i686-linux-gnu-

# Where our own make finds what it would otherwise look for outside.
prepare_slot() {
	home=$slot/lab/$flavour
	mkdir -p "$home"
	cp -dp "$out/lab/$flavour/kernel" "$home/kernel.new"
	mv -fT "$home/kernel.new" "$home/kernel"
	touch -h "$home/kernel"
	ln -sfn "$PWD/$out/lab/$flavour/initramfs" "$home/initramfs"
	touch "$slot/.tools"
	rm -f "$slot/guest"
	case $(field "$name" builds pup) in
	*pup*) ;;
	*) rm -f "$slot/pup" ;;
	esac
}

parts() {
	field "$name" builds pup
}

build_answer() {
	targets=
	for part in $(parts); do
		case $part in
		pup) targets="$targets $slot/pup" ;;
		launcher) targets="$targets $slot/lguest" ;;
		module) targets="$targets $home/module/host/lg.ko" ;;
		esac
	done
	within 60 make -s -j2 OUT="$slot" VARIANT="$variant" EXTRA="$answer" \
		$targets >"$slot/said" 2>&1 && return
	sed -i "s,$PWD/,,g;s,$slot/,,g" "$slot/said"
	place=$(grep -aE 'error|Error' "$slot/said" |
		grep -ao -m 1 'answer\.nw:[0-9]*')
	if grep -qaE 'is not defined|uses itself|reads as' "$slot/said"; then
		detail <"$slot/said"
		advise "Every chunk that you use must be defined, in your" \
			"file or in the book, and none may lead back to itself."
		unreached "does not tangle" "$(place_in_answer "$slot/said")"
	fi
	grep -aE 'error|Error:|undefined|warning|^ ' "$slot/said" |
		grep -v -e '^make' -e '^  [A-Z][A-Z]*  ' |
		awk '!seen[$0]++' | detail 14
	advise "The line is one of your own file. A warning is an error here," \
		"as it is for the whole book."
	unreached "does not compile" "$place"
}

# Our own Guest, with the answer's objects if it is a lesson of the pup.
build_guest() {
	kind=$(field "$name" guest none)
	flags='-m32 -march=i686 -O2 -gdwarf-4 -Wall -Wextra -ffreestanding
		-fno-pic -fno-pie -fno-stack-protector -nostdlib -static -no-pie
		-fno-asynchronous-unwind-tables -fcf-protection=none
		-mgeneral-regs-only -Wl,--build-id=none,-z,noexecstack
		-Wl,--no-warn-rwx-segments'
	include=$out/build/include
	case $kind in
	lesson)
		set -- -I"$include" -I"$out/build/guest/pup" \
			-T "$out/build/guest/pup/pup.lds" \
			"$here/lesson.c" $(find "$slot/obj/guest" -name '*.o')
		;;
	little)
		set -- -I"$include" -Itests/guests -I"$tools" -T tests/guests/guest.lds \
			"$here/guest.c" $(ls "$here"/*.S 2>/dev/null) \
			tests/guests/start.S
		;;
	*) return ;;
	esac
	within 20 ${cross}gcc $flags -o "$slot/guest" "$@" \
		>"$slot/said" 2>&1 && return
	sed -i "s,$PWD/,,g;s,$slot/,,g" "$slot/said"
	grep -aE 'error|undefined|multiple' "$slot/said" | detail
	advise "The tests call your functions by the names they have in the" \
		"starter; do not rename them."
	unreached "does not link" "$(place_in_answer "$slot/said")"
}

boot_answer() {
	# If the book's own script dies early, the Host says what it knows.
	{
		echo "NONCE=$seed"
		echo 'echo "text|$(cat /sys/module/lg/sections/.text 2>&1)"'
		echo 'dmesg | sed -n "s/.*lguest: Switcher at \(0x[0-9a-f]*\).*/switcher|\1/p"'
		cat "$here/boot.sh"
	} >"$slot/script"
	set -- -m -t "$(field "$name" limit 10)" $(field "$name" machine)
	for part in $(parts); do
		case $part in
		pup) set -- "$@" -f "$slot/pup:/pup" ;;
		launcher) set -- "$@" -f "$slot/lguest:/bin/lguest" ;;
		module) set -- "$@" -f "$home/module/host/lg.ko:/lib/lg.ko" ;;
		esac
	done
	[ "$kind" = none ] || set -- "$@" -f "$slot/guest:/guest"
	# A busy computer may be too slow for the Host to find its own timer.
	for attempt in 1 2 3; do
		LGUEST_OUT=$PWD/$slot "$work/bin/contain" -f 64 -t 600 \
			-o "$slot/how" lab/run "$@" "$slot/script" \
			>"$slot/transcript" 2>"$slot/said"
		status=$?
		boot_dir=$(sed -n "s/^lab: all of it is in //p" \
			"$slot/said" | tail -n 1)
		[ $status = 201 ] || [ $status = 202 ] || break
		[ -z "$boot_dir" ] || rm -rf "$boot_dir"
	done
	tr -d '\r' <"$slot/transcript" | sed -n 's/^see|//p' >"$slot/seen"
	awk -v seed="$seed" -f "$here/expect" </dev/null >"$slot/right"
}

# The line of the book, or of the answer, where a processor was. Ring 0 is the
# module's, or the Switcher's, which is its last piece at another address.
line_at() {	# ADDRESS in hexadecimal, without 0x, and RING
	if [ "$2" != 0 ]; then
		for program in "$slot/guest" "$slot/pup"; do
			[ -f "$program" ] || continue
			${cross}addr2line -e "$program" "0x$1" |
				grep -v '^??' && return
		done
		return
	fi
	module=$home/module/host/lg.ko
	[ -f "$module" ] || module=$out/lab/$flavour/module/host/lg.ko
	text=$(said_by_the_host text)
	switcher=$(said_by_the_host switcher)
	first=$(${cross}nm "$module" | sed -n 's/ T start_switcher_text$//p')
	for offset in $((0x$1 - ${switcher:-0} + 0x${first:-0})) \
			$((0x$1 - ${text:-0})); do
		[ $offset -ge 0 ] && [ $offset -lt 262144 ] || continue
		${cross}addr2line -j .text -e "$module" \
			"$(printf %#x $offset)" | grep -v '^??' && return
	done
}

said_by_the_host() {	# WHAT: an address, see boot_answer
	tr -d '\r' <"$slot/transcript" | sed -n "s/^$1|\(0x[0-9a-f]*\)$/\1/p" |
		head -n 1
}

as_place() {	# lines of addr2line on standard input
	sed "s,^$PWD/,,;s,.*/\(src.nw/\),\1,;s,.*/answer.nw,answer.nw,;s/ (.*//"
}

# A machine that hangs was looked at more than once: the answer is its likeliest
# place, and then where it was seen most.
hung_at() {
	grep -ao 'EIP=[0-9a-f]* .*CPL=[0-9]' "$slot/said" |
		sed 's/EIP=\([0-9a-f]*\) .*CPL=/\1 /' |
		while read -r eip ring; do line_at "$eip" "$ring"; done |
		as_place >"$slot/places"
	grep -m 1 '^answer' "$slot/places" || sort "$slot/places" | uniq -c |
		sort -rn | sed -n '1s/^ *[0-9]* //p'
}

in_book() {	# FILE: its first place in the answer, or else in the book
	place_in_answer "$1" | grep . ||
		grep -aoE -m 1 '(src\.nw/[^ :]*|answer)\.nw:[0-9]+' "$1" |
			head -n 1
}

explain_boot() {
	sed -i "s,$slot/,,g" "$slot/said"
	died=$(tr -d '\r' <"$slot/transcript" |
		sed -n 's/^lguest: Guest died: //p' | head -n 1)
	crashed=$(tr -d '\r' <"$slot/transcript" |
		sed -n 's/^lguest: .*CRASH: //p' | head -n 1)
	expected=$(field "$name" death)
	case $status in
	203)
		{
			sed -n 's/^lab: the module does not load: *//p' \
				"$slot/said"
			grep -aE '^  \| .*(lguest|lg): ' "$slot/said" |
				grep -v 'taints\|verification failed'
		} | detail
		advise "Its first function failed, or it wants a symbol that" \
			"the kernel does not export to modules."
		verdict "module does not load"
		judge "the module was not loaded" ;;
	205)
		if grep -q 'the Host panicked' "$slot/said"; then
			verdict "Host oops" "$(in_book "$slot/said")"
			grep -aE '^lab: the Host|^  \|.*(EIP|BUG|Oops|nw:)' \
				"$slot/said" | cut -c1-100 | detail
			advise "The Host's kernel fell over your code. The" \
				"place is where it was at that moment; the" \
				"mistake may be a little earlier."
			judge "the Host fell over"
		else
			verdict "triple fault"
			advise "The processor could not even report what was" \
				"wrong: descriptor tables, page tables or" \
				"stack were not what they should be, between" \
				"two worlds. Compare, line by line, what is" \
				"in force before and after each of yours."
			judge "the machine was reset"
		fi ;;
	204)
		place=$(hung_at)
		verdict "hang" "$place"
		grep -a '^lab: the ' "$slot/said" | detail 2
		case $place in
		answer*)
			advise "It was in your own code, more than once" \
				"perhaps. Which loop has no end, or which" \
				"call has no way back?" ;;
		?*)
			advise "A processor was there most often when we" \
				"looked. That is not your code, but it is" \
				"kept busy: think of a Guest that does the" \
				"same again and again, because what you do" \
				"does not help it." ;;
		*)
			advise "All processors were in the Host's own kernel," \
				"so nobody was busy: somebody waits for" \
				"something that does not come." ;;
		esac
		judge "it hung" ;;
	206 | 207)
		verdict "Host complains" "$(in_book "$slot/said")"
		grep -a '^  |\|^lab: ' "$slot/said" | cut -c1-100 | detail
		advise "The Guest came to its end, but the Host's log is not" \
			"clean, or the module cannot be unloaded."
		judge "the Host complained" ;;
	125 | 201 | 202 | 208)
		grep -q 'large' "$slot/how" && {
			verdict "too much output"
			judge "it was stopped"
			return
		}
		head -n 20 "$slot/said" >&2
		complain "the machine did not boot; that is not the answer's" \
			"fault (see $slot/said)" ;;
	*)
		if [ -n "$crashed" ]; then
			verdict "Guest crashed"
			echo "$crashed" | detail
			advise "The Guest ended itself, with this sentence: it has" \
				"seen something with which it cannot go on."
			judge "the Guest gave up: $crashed"
		elif [ -n "$died" ] && [ "$died" != "$expected" ]; then
			verdict "Guest killed"
			echo "$died" | detail
			explain_death "$died"
			judge "the Guest was killed: $died"
		else
			judge
			conclude
		fi ;;
	esac
}

# Where the sentence stands with which the Host killed it: in the answer, or in
# the book, up to what is different each time.
sentence_at() {	# REASON
	words="kill_guest(cpu, \"$(echo "$1" | sed 's/ [0-9].*//')"
	grep -nF -m 1 "$words" ${answer:+"$answer"} src.nw/*/*.nw /dev/null |
		head -n 1 | sed 's,^[^ ]*/answer.nw,answer.nw,;s/\(nw:[0-9]*\):.*/\1/'
}

explain_death() {	# REASON
	eip=$(echo "$1" | sed -n 's/.*unhandled trap.* at 0x\([0-9a-f]*\).*/\1/p')
	case $1 in
	unhandled*)
		place=$(line_at "$eip" 1 | head -n 1 | as_place)
		[ -z "$place" ] || verdict "Guest killed" "$place"
		advise "The Guest ran into a trap for which it has no handler." ;;
	bad\ segment*)
		advise "The Switcher could not load what the Guest's registers" \
			"or its frame held. Were they damaged on the way?" ;;
	bad\ hypercall*)
		advise "The Host does not know the number of this call." ;;
	*)
		place=$(sentence_at "$1")
		[ -z "$place" ] || verdict "Guest killed" "$place"
		advise "The Host says which rule was broken, and the place is" \
			"where it says so: what is tested there?" ;;
	esac
}

try_boot() {
	[ -f "$out/lab/$flavour/initramfs" ] ||
		complain "there is no machine yet: run 'make image'"
	prepare_slot
	build_answer
	build_guest
	publish
	boot_answer
	explain_boot
}
