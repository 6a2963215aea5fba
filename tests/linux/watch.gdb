tbreak serve_page_fault
continue
tbreak demand_page
continue
printf "fault at %#x\n", vaddr
backtrace 9
tbreak *entry_INT80_32
continue
printf "call from ring %d in ring %d\n", *(int *)($esp + 4) & 3, $cs & 3
x/5wx $esp
stepi
printf "the flag is %d\n", lguest_data.irq_enabled
