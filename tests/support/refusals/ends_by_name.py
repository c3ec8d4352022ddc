"""Refusals of tests/files/columns/test_ends_by_name.py."""

from __future__ import annotations


def lines(text):
    return text.replace("/", "\n") + "\n"


SEVERAL = "several columns could be source or target"
REFUSED = {
    "hosts": ("source_host,source_region,target_host,target_region/a,x,b,y/b,y,c,x", f"{SEVERAL}.*'target_host'"),
    "cities": ("from_city,from_country,to_city,to_country/a,x,b,y/b,y,c,x", r"columns=\('from_city', 'to_city'\)"),
    "addresses": ("src_ip,src_port,dst_ip,dst_port/i,80,k,90/k,90,i,80", r"columns=\('src_ip', 'dst_ip'\)"),
    **{
        f"{ends}, which areas are not": (f"{ends}/1,x,2,y/2,y,3,x", rf"{SEVERAL}.*columns=\('{way}'\)")
        for ends, way in {
            "host_a,area_a,host_b,area_b": "host_a', 'host_b",
            "host1,area1,host2,area2": "host1', 'host2",
            "site_a,city_a,site_b,city_b": "city_a', 'city_b",
            "ip_1,ip_2,number_1,number_2": "ip_1', 'ip_2",
        }.items()
    },
    "users and pages": ("source_user,source_page,target_user,target_page/a,x,b,y/b,y,c,x", SEVERAL),
    "STRING": (
        "item_id_a,item_id_b,mode,a_is_acting,n/x,y,bind,t,1/y,z,bind,f,2",
        r"columns=\('item_id_a', 'item_id_b'\)",
    ),
    "an id or an index": ("ID,Target,Duration/1,2,5/2,3,7", r"columns=\('ID', 'Target'\)"),
    "an id and a label": ("id,label,target,cost/7,a,8,3/8,b,9,4", r"columns=\('id', 'target'\)"),
    "SWC": ("id,type,x,y,z,r,parent/1,1,0,0,0,1,-1/2,3,1,1,1,1,1/3,3,2,2,2,1,2", r"columns=\('parent', 'id'\)"),
    "an unknown number": ("foo,target,bar/4,2,3/2,3,4", r"columns=\('foo', 'target'\)"),
    "an unknown word": ("promoter,TF,weight/a,b,3/c,d,4", r"columns=\('TF', 'promoter'\)"),
    "labels as names": ("A,B,weight/A,C,0.5/B,C,0.7", r"columns=\('A', 'B'\)"),
    "labels above an unknown name": ("a,b,foo/a,c,3/b,c,4", "header=True.*header=False"),
    "a delimiter behind names": ("Var1,Var2,/a,b,/b,c,", "header=True.*header=False"),
    "a semicolon behind names": ("friend_a;friend_b;/bob;amy;", "header=True.*header=False"),
    "a stack with zeros": ("level_0,level_1,0/a,b,1/b,c,1/a,c,0", "1 of 3 lines.*weight=2"),
}
REFUSED = {name: (lines(text), says) for name, (text, says) in REFUSED.items()}
